import HindsightTestSupport

extension World {
    static let integers = [0, 1, 2, 3, -1, -2, 5, 10]
    static let texts = ["a", "b", "ab", "B", "", "abc", " x", "1", "日本", "a%", "it's"]

    /// Random tables: one with a partition key, two with a sort key as well.
    init(isMixed: Bool, using random: inout SeededGenerator) {
        self.isMixed = isMixed
        let values = [
            Column(name: "i1", kind: .integer), Column(name: "i2", kind: .integer), Column(name: "s1", kind: .text),
            Column(name: "b1", kind: .boolean),
        ]
        let keys = [
            [Column(name: "k1", kind: .integer)],
            [Column(name: "p1", kind: .text), Column(name: "n1", kind: .integer)],
            [Column(name: "k2", kind: .integer), Column(name: "s2", kind: .text)],
        ]
        tables = keys.enumerated().map { index, key in
            GeneratedTable(
                name: "t\(index)", keyCount: key.count, columns: key + values, listColumn: "l1",
                rows: World.rows(key, values, isMixed: isMixed, using: &random))
        }
    }

    private static func rows(
        _ keys: [Column], _ values: [Column], isMixed: Bool, using random: inout SeededGenerator
    ) -> [[Literal]] {
        var known: Set<[Literal]> = []
        let count = Int.random(in: 0...7, using: &random)
        return (0..<count).compactMap { _ -> [Literal]? in
            let key = keys.map { keyValue($0.kind, using: &random) }
            guard known.insert(key).inserted else { return nil }
            let others = values.map { value($0.kind, isMixed: isMixed, using: &random) }
            let list = (0..<Int.random(in: 0...3, using: &random)).map { _ in World.pick(integers, using: &random) }
            return key + others + [.integers(list)]
        }
    }

    /// Few values, so that partitions hold several items; a key is never empty.
    private static func keyValue(_ kind: Kind, using random: inout SeededGenerator) -> Literal {
        kind == .text
            ? .text(pick(["a", "ab", "abc", "b", "日本"], using: &random))
            : .integer(Int.random(in: -1...4, using: &random))
    }

    static func value(_ kind: Kind, isMixed: Bool, using random: inout SeededGenerator) -> Literal {
        if isMixed {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: return .missing
            case 2: return .document(pick(documents, using: &random))
            default: break
            }
        }
        if Int.random(in: 0..<5, using: &random) == 0 { return .null }
        switch kind {
        case .integer: return .integer(pick(integers, using: &random))
        case .text: return .text(pick(texts, using: &random))
        case .boolean: return .boolean(Bool.random(using: &random))
        }
    }

    private static let documents = [
        "1", "1.0", "2.5", "'a'", "'1'", "TRUE", "[1]", "[]", "{'a': 1}", "DATE '2026-05-01'", "<<1, 2>>", "`1e0`",
    ]

    static func pick<T>(_ values: [T], using random: inout SeededGenerator) -> T {
        values[Int.random(in: values.indices, using: &random)]
    }
}
