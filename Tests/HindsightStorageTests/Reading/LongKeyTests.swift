import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Keys that are too long for the tree are in order like all others, now and in the past.
struct LongKeyTests {
    private func texts(_ random: inout SeededGenerator) -> [String] {
        let stem = String(repeating: "k", count: 470)
        var texts: Set<String> = ["a", "z", stem, stem + "kkkkkkkkk", stem + "zzz"]
        for group in 0..<3 {
            let prefix = stem + String(repeating: "\(group)", count: 30)
            for _ in 0..<12 {
                let length = Int.random(in: 0...400, using: &random)
                texts.insert(prefix + String((0..<length).map { _ in "abc".randomElement(using: &random) ?? "a" }))
            }
        }
        return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func item(_ name: String, _ text: String) throws -> [UInt8] {
        try encode([("name", .string(name)), ("text", .string(text))])
    }

    private func names(
        _ snapshot: Snapshot, _ range: KeyRange = .all, at version: Version? = nil, _ direction: Direction = .forward
    ) throws -> [String] {
        let table = try #require(snapshot.table(named: "t"))
        let cursor = try snapshot.openCursor(table, range, at: version, direction)
        var names: [String] = []
        while try cursor.next() {
            guard case .string(let name)? = try KeyCode.decode(cursor.key).first else { continue }
            names.append(name)
        }
        return names
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func longKeysAreInOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try TestStore()
        try test.store.write { transaction in
            try transaction.createTable(
                TableDefinition(name: "t", partitionKey: KeyAttribute(name: "name", kind: .string)))
            try transaction.enableRecovery(of: "t")
        }
        let table = try test.store.table("t")
        let all = texts(&random)
        try test.store.write { transaction in
            for name in all.shuffled(using: &random) { try transaction.insert(item(name, "1"), into: table) }
        }
        let first = try test.store.snapshot().version
        let deleted = Set(all.shuffled(using: &random).prefix(10))
        try test.store.write { transaction in
            for name in all.shuffled(using: &random).prefix(20) { try transaction.put(item(name, "2"), into: table) }
            for name in deleted { try transaction.delete(key: KeyCode.encode([.string(name)]), from: table) }
        }
        let left = all.filter { !deleted.contains($0) }
        let snapshot = try test.store.snapshot()
        #expect(try names(snapshot) == left, "seed \(seed)")
        #expect(try names(snapshot, .backward) == left.reversed(), "seed \(seed)")
        #expect(try names(snapshot, at: first) == all, "seed \(seed)")
        #expect(try names(snapshot, at: first, .backward) == all.reversed(), "seed \(seed)")
        for _ in 0..<20 {
            let low = Int.random(in: 0..<all.count, using: &random)
            let high = Int.random(in: low..<all.count, using: &random)
            let range = KeyRange(
                lower: try KeyCode.encode([.string(all[low])]), upper: try KeyCode.encode([.string(all[high])]))
            #expect(try names(snapshot, range, at: first) == Array(all[low..<high]), "seed \(seed)")
            #expect(try names(snapshot, range, at: first, .backward) == all[low..<high].reversed(), "seed \(seed)")
        }
        for name in all {
            let key = try KeyCode.encode([.string(name)])
            let isThere = try snapshot.get(table, key: key) != nil
            let wasThere = try snapshot.get(table, key: key, at: first) != nil
            #expect(isThere == !deleted.contains(name) && wasThere)
        }
        let changes = try snapshot.changes(of: table, from: first, to: snapshot.version)
        var keys: [[UInt8]] = []
        while try changes.next() { keys.append(changes.key) }
        #expect(keys.count >= 20)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    private func names(_ snapshot: Snapshot, _ direction: Direction) throws -> [String] {
        try names(snapshot, .all, at: nil, direction)
    }
}
