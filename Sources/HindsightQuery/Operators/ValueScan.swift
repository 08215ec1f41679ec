import HindsightSyntax
import HindsightValues

/// Ranges over a value: FROM with an expression, and unnesting.
///
/// A list or bag gives one row for each element; any other value is one row. The position is an element's place in a
/// list, and MISSING for all else.
final class ValueScan: Operator {
    private let source: Evaluator
    private let slot: Int
    private let positionSlot: Int?
    private let strictness: ScanStrictness
    private var elements: [Value] = []
    private var isOrdered = false
    private var position = 0

    init(_ source: @escaping Evaluator, slot: Int, positionSlot: Int?, strictness: ScanStrictness) {
        self.source = source
        self.slot = slot
        self.positionSlot = positionSlot
        self.strictness = strictness
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        position = 0
        isOrdered = false
        switch try source(&frame) {
        case .list(let values), .sexp(let values):
            elements = values
            isOrdered = true
        case .bag(let values):
            if positionSlot != nil { try strictness.refuse("AT needs a list, not a bag") }
            elements = values
        case let value:
            try strictness.refuse("FROM needs a list or a bag, not \(value.kindPhrase)")
            elements = [value]
        }
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard position < elements.count else { return false }
        if position & 0xFF == 0 { try frame.context.checkCancellation() }
        frame.slots[slot] = elements[position]
        if let positionSlot { frame.slots[positionSlot] = isOrdered ? .int(Int64(position)) : .missing }
        position += 1
        return true
    }

    override func close() {
        elements = []
    }
}

/// Whether a scan of a value that is no collection is an error.
struct ScanStrictness: Sendable {
    let isStrict: Bool
    let span: SourceSpan

    func refuse(_ message: @autoclosure () -> String) throws(QueryError) {
        if isStrict { throw QueryError(.typeMismatch, message(), at: span) }
    }
}

/// UNPIVOT: one row for each attribute of a struct, with the name at AT.
final class Unpivot: Operator {
    private let source: Evaluator
    private let slot: Int
    private let nameSlot: Int?
    private let strictness: ScanStrictness
    private var fields: [Structure.Field] = []
    private var position = 0

    init(_ source: @escaping Evaluator, slot: Int, nameSlot: Int?, strictness: ScanStrictness) {
        self.source = source
        self.slot = slot
        self.nameSlot = nameSlot
        self.strictness = strictness
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        position = 0
        switch try source(&frame) {
        case .structure(let structure):
            fields = structure.fields
        case .missing:
            try strictness.refuse("UNPIVOT needs a struct, not MISSING")
            fields = []
        case let value:
            try strictness.refuse("UNPIVOT needs a struct, not \(value.kindPhrase)")
            fields = [Structure.Field(name: "_1", value: value)]
        }
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard position < fields.count else { return false }
        if position & 0xFF == 0 { try frame.context.checkCancellation() }
        frame.slots[slot] = fields[position].value
        if let nameSlot { frame.slots[nameSlot] = .string(fields[position].name) }
        position += 1
        return true
    }

    override func close() {
        fields = []
    }
}
