import HindsightValues

/// A value of a result, in the terms that both languages share.
enum Cell: Hashable, Comparable, CustomStringConvertible {
    case null
    case integer(Int64)
    case text(String)
    /// Anything else, as it is written.
    case other(String)

    /// NULL and MISSING are one, truth is 1 or 0, and numbers are compared by value.
    init(_ value: Value) {
        switch value {
        case .null, .missing: self = .null
        case .bool(let value): self = .integer(value ? 1 : 0)
        case .int(let value): self = .integer(value)
        case .string(let text), .symbol(let text): self = .text(text)
        case .decimal(let number): self = Cell.number(number.description)
        case .float(let number): self = Cell.number("\(number)")
        default: self = .other(value.description)
        }
    }

    private static func number(_ text: String) -> Cell {
        guard let number = Double(text) else { return .other(text) }
        return Int64(exactly: number).map(Cell.integer) ?? .other("\(number)")
    }

    var description: String {
        switch self {
        case .null: "NULL"
        case .integer(let value): "\(value)"
        case .text(let text): Expression.quoted(text)
        case .other(let text): text
        }
    }
}

/// What an engine answers to a query.
enum Answer: Equatable {
    case rows([[Cell]])
    /// An error that depends on the order of evaluation, or on a limit: no answer to compare.
    case undecided(String)
    case failure(String)

    /// Whether both are the same rows: in the same order by the given columns, and in any order where those are equal.
    func agrees(with other: Answer, orderedBy places: [Int]) -> Bool {
        switch (self, other) {
        case (.undecided, _), (_, .undecided): return true
        case (.rows(let left), .rows(let right)):
            guard left.count == right.count else { return false }
            let inOrder = zip(left, right).allSatisfy { one, two in places.allSatisfy { one[$0] == two[$0] } }
            return inOrder && left.inAnyOrder == right.inAnyOrder
        case (.failure, .failure): return true
        default: return false
        }
    }
}

extension [[Cell]] {
    fileprivate var inAnyOrder: [[Cell]: Int] {
        reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}

extension Answer: CustomStringConvertible {
    var description: String {
        switch self {
        case .rows(let rows) where rows.isEmpty: "no rows"
        case .rows(let rows):
            rows.map { "(" + $0.map(\.description).joined(separator: ", ") + ")" }.joined(separator: "\n")
        case .undecided(let message): "undecided: " + message
        case .failure(let message): "error: " + message
        }
    }
}
