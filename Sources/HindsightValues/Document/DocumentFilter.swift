import HindsightKeyValue

/// Conditions on paths that all must be true, prepared once and tested on the bytes of many documents.
///
/// Truth is that of PartiQL's permissive typing: a document passes if every condition is true; false, NULL and MISSING
/// all drop it. Numbers compare by value over their kinds, text by its UTF-8 bytes. Values of different kinds are not
/// equal, and neither less nor greater.
package struct DocumentFilter: Sendable {
    package enum Comparison: Sendable, Hashable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    }

    package enum Test: Sendable {
        /// Not true if one side is NULL or MISSING.
        case compare(Comparison, Value)
        /// NULL, and absent as well.
        case isNull(isNegated: Bool)
        /// Absent.
        case isMissing(isNegated: Bool)
        /// A string or symbol that begins with a text, a blob that begins with a blob. Not true, nor its negation, for
        /// other kinds.
        case beginsWith(Value, isNegated: Bool)
        /// Equal to one of the values; negated, different from all of them, which is never true if one is absent.
        case isIn([Value], isNegated: Bool)
    }

    package struct Condition: Sendable {
        package let path: DocumentPath
        package let test: Test

        package init(_ path: DocumentPath, _ test: Test) {
            self.path = path
            self.test = test
        }
    }

    private let conditions: ContiguousArray<PreparedCondition>

    /// - Parameter conditions: in the order in which they are tested; the first that is not true decides.
    package init(_ conditions: [Condition]) {
        self.conditions = ContiguousArray(conditions.map(PreparedCondition.init))
    }

    package var isEmpty: Bool { conditions.isEmpty }

    /// Whether all conditions are true of the document.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package func matches(_ document: RawSpan) throws(ValueError) -> Bool {
        for index in conditions.indices {
            guard try conditions[index].isTrue(of: document) else { return false }
        }
        return true
    }
}

/// A condition with its operands in the form in which they are compared.
struct PreparedCondition: Sendable {
    private enum Test {
        /// Bit n is set if the relation of raw value n makes the comparison true.
        case compare(FilterConstant, relations: UInt8)
        case isNull(isNegated: Bool)
        case isMissing(isNegated: Bool)
        case beginsWith([UInt8], isText: Bool, isNegated: Bool)
        case isIn([FilterConstant])
        case isNotIn([FilterConstant])
        case never
    }

    private let path: DocumentPath
    private let test: Test

    init(_ condition: DocumentFilter.Condition) {
        path = condition.path
        test = Self.prepare(condition.test)
    }

    private static func prepare(_ test: DocumentFilter.Test) -> Test {
        switch test {
        case .compare(_, .null), .compare(_, .missing): .never
        case .compare(let comparison, let value):
            .compare(FilterConstant(value), relations: comparison.trueRelations)
        case .isNull(let isNegated): .isNull(isNegated: isNegated)
        case .isMissing(let isNegated): .isMissing(isNegated: isNegated)
        case .beginsWith(.string(let text), let isNegated), .beginsWith(.symbol(let text), let isNegated):
            .beginsWith(Array(text.utf8), isText: true, isNegated: isNegated)
        case .beginsWith(.blob(let octets), let isNegated):
            .beginsWith(octets, isText: false, isNegated: isNegated)
        case .beginsWith: .never
        case .isIn(let values, isNegated: false):
            .isIn(values.filter { !$0.isAbsent }.map(FilterConstant.init))
        case .isIn(let values, isNegated: true):
            values.contains(where: \.isAbsent) ? .never : .isNotIn(values.map(FilterConstant.init))
        }
    }

    func isTrue(of document: RawSpan) throws(ValueError) -> Bool {
        let offset = try Document.locate(path, in: document)
        switch test {
        case .isMissing(let isNegated): return (offset == nil) != isNegated
        case .isNull(let isNegated):
            guard let offset else { return !isNegated }
            return (document.byte(at: offset) == Document.Tag.null) != isNegated
        default:
            guard let offset, document.byte(at: offset) != Document.Tag.null else { return false }
            return try isTrue(ofValueAt: offset, in: document)
        }
    }

    /// Tests a value that is neither NULL nor MISSING.
    private func isTrue(ofValueAt offset: Int, in document: RawSpan) throws(ValueError) -> Bool {
        switch test {
        case .compare(let constant, let relations):
            return try relations >> constant.relation(ofValueAt: offset, in: document).rawValue & 1 == 1
        case .beginsWith(let start, let isText, let isNegated):
            guard let octets = try Document.octets(at: offset, in: document) else { return false }
            let tag = document.byte(at: offset)
            guard isText ? Document.isText(tag) : Document.Tag.family(of: tag) == Document.Tag.blob else {
                return false
            }
            return document.extracting(octets).hasPrefix(start.rawSpan) != isNegated
        case .isIn(let constants): return try isAny(of: constants, equalAt: offset, in: document)
        case .isNotIn(let constants): return try !isAny(of: constants, equalAt: offset, in: document)
        case .isNull, .isMissing, .never: return false
        }
    }

    private func isAny(
        of constants: [FilterConstant], equalAt offset: Int, in document: RawSpan
    ) throws(ValueError) -> Bool {
        for constant in constants where try constant.equals(valueAt: offset, in: document) {
            return true
        }
        return false
    }
}

extension DocumentFilter.Comparison {
    /// Bit n is set if the relation of raw value n makes the comparison true.
    fileprivate var trueRelations: UInt8 {
        switch self {
        case .equal: 0b1_0010
        case .notEqual: 0b1101
        case .less: 0b0001
        case .lessOrEqual: 0b0011
        case .greater: 0b0100
        case .greaterOrEqual: 0b0110
        }
    }
}
