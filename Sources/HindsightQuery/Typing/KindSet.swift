import HindsightValues

/// A set of value kinds: what a parameter accepts.
package struct KindSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    @inlinable
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let bool = KindSet(rawValue: 1 << 0)
    package static let int = KindSet(rawValue: 1 << 1)
    package static let decimal = KindSet(rawValue: 1 << 2)
    package static let float = KindSet(rawValue: 1 << 3)
    package static let string = KindSet(rawValue: 1 << 4)
    package static let symbol = KindSet(rawValue: 1 << 5)
    package static let timestamp = KindSet(rawValue: 1 << 6)
    package static let date = KindSet(rawValue: 1 << 7)
    package static let time = KindSet(rawValue: 1 << 8)
    package static let interval = KindSet(rawValue: 1 << 9)
    package static let blob = KindSet(rawValue: 1 << 10)
    package static let clob = KindSet(rawValue: 1 << 11)
    package static let list = KindSet(rawValue: 1 << 12)
    package static let bag = KindSet(rawValue: 1 << 13)
    package static let sexp = KindSet(rawValue: 1 << 14)
    package static let structure = KindSet(rawValue: 1 << 15)

    package static let text: KindSet = [.string, .symbol]
    package static let number: KindSet = [.int, .decimal, .float]
    package static let binary: KindSet = [.blob, .clob]
    package static let ordered: KindSet = [.list, .sexp]
    package static let collection: KindSet = [.list, .bag, .sexp]
    package static let container: KindSet = [.list, .bag, .sexp, .structure]
    package static let instant: KindSet = [.timestamp, .date]
    package static let temporal: KindSet = [.timestamp, .date, .time]
    package static let any = KindSet(rawValue: 0xFFFF)

    /// The set of this one kind; empty for the absent kinds, which no parameter is declared for.
    @inlinable
    package init(_ kind: ValueKind) {
        self =
            switch kind {
            case .missing, .null: []
            case .bool: KindSet(rawValue: 1 << 0)
            case .int: KindSet(rawValue: 1 << 1)
            case .decimal: KindSet(rawValue: 1 << 2)
            case .float: KindSet(rawValue: 1 << 3)
            case .string: KindSet(rawValue: 1 << 4)
            case .symbol: KindSet(rawValue: 1 << 5)
            case .timestamp: KindSet(rawValue: 1 << 6)
            case .date: KindSet(rawValue: 1 << 7)
            case .time: KindSet(rawValue: 1 << 8)
            case .interval: KindSet(rawValue: 1 << 9)
            case .blob: KindSet(rawValue: 1 << 10)
            case .clob: KindSet(rawValue: 1 << 11)
            case .list: KindSet(rawValue: 1 << 12)
            case .bag: KindSet(rawValue: 1 << 13)
            case .sexp: KindSet(rawValue: 1 << 14)
            case .structure: KindSet(rawValue: 1 << 15)
            }
    }

    /// How messages and help name the set: `a number`, `a string`, `a list or bag`.
    package var phrase: String {
        let known: [(KindSet, String)] = [
            (.any, "any value"), (.text, "a string"), (.number, "a number"), ([.int], "an integer"),
            (.collection, "a collection"), (.ordered, "a list"), (.container, "a collection or struct"),
            (.instant, "a date or timestamp"), (.temporal, "a date, time or timestamp"), ([.structure], "a struct"),
            (.binary, "a binary value"), ([.bool], "a boolean"), ([.interval], "an interval"),
        ]
        if let exact = known.first(where: { $0.0 == self }) { return exact.1 }
        var rest = self
        var parts: [String] = []
        for (set, phrase) in known where set != .any && rest.isSuperset(of: set) {
            parts.append(phrase)
            rest.subtract(set)
        }
        for (set, phrase) in KindSet.singlePhrases where rest.contains(set) { parts.append(phrase) }
        return parts.joined(separator: " or ")
    }

    private static let singlePhrases: [(KindSet, String)] = [
        (.decimal, "a decimal"), (.float, "a float"), (.string, "a string"), (.symbol, "a symbol"),
        (.timestamp, "a timestamp"), (.date, "a date"), (.time, "a time"), (.blob, "a blob"), (.clob, "a clob"),
        (.list, "a list"), (.bag, "a bag"), (.sexp, "a sexp"),
    ]
}
