import HindsightKeyValue
import HindsightTestSupport
import Testing

/// Random work on a tree and on a sorted model of it, with nested transactions, several cursors, and reopenings.
@Suite struct ModelTests {
    /// What the tree should contain.
    private struct Model {
        var entries: [[UInt8]: [UInt8]] = [:]

        var sorted: [([UInt8], [UInt8])] {
            entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func behavesLikeASortedDictionary(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        var model = Model()
        for _ in 0..<8 {
            // Opened and closed in every round.
            var options = EnvironmentOptions()
            options.durability = .relaxed
            options.verifiedByteCount = .max
            let environment = try Environment.open(path: directory.file("a.db"), options: options, trees: ["t"])
            for _ in 0..<4 { try writeAtRandom(environment, &model, &generator) }
            try compare(environment.beginRead(), environment.tree, model, &generator)
            try environment.verifyPages()
        }
    }

    private func writeAtRandom(
        _ environment: Environment, _ model: inout Model, _ generator: inout SeededGenerator
    ) throws {
        let tree = environment.tree
        let committed = model
        var enclosing: [Model] = []
        var writing = try environment.beginWrite()
        for _ in 0..<Int.random(in: 1...400, using: &generator) {
            switch Int.random(in: 0..<100, using: &generator) {
            case 0..<60: try put(&writing, tree, &model, &generator)
            case 60..<85: try delete(&writing, tree, &model, &generator)
            case 85..<90: try deleteRange(writing, tree, &model, &generator)
            case 90..<94 where enclosing.count < 4:
                enclosing.append(model)
                try writing.beginNested()
            case 94..<97 where !enclosing.isEmpty:
                enclosing.removeLast()
                try writing.commitNested()
            case 97..<99 where !enclosing.isEmpty:
                model = enclosing.removeLast()
                writing.abortNested()
            default: try compareOne(writing, tree, model, &generator)
            }
        }
        for _ in enclosing { try writing.commitNested() }
        try compare(writing, tree, model, &generator)
        if Int.random(in: 0..<4, using: &generator) == 0 {
            model = committed
        } else {
            try writing.commit()
        }
    }

    private func put(
        _ writing: inout Transaction, _ tree: Tree, _ model: inout Model, _ generator: inout SeededGenerator
    ) throws {
        let key = randomKey(&generator)
        let byteCount = [0, 8, 40, 300, 2000, 9000].randomElement(using: &generator) ?? 0
        let value = [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: byteCount)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0:
            try writing.put(tree, key.span.bytes, byteCount: value.count) { $0.append(bytes: value.span.bytes) }
        case 1:
            let isNew = try writing.put(tree, key.span.bytes, value.span.bytes, flags: .noOverwrite)
            #expect(isNew == (model.entries[key] == nil))
            if !isNew { return }
        default:
            try writing.put(tree, key.span.bytes, value.span.bytes)
        }
        model.entries[key] = value
    }

    private func delete(
        _ writing: inout Transaction, _ tree: Tree, _ model: inout Model, _ generator: inout SeededGenerator
    ) throws {
        let key = randomKey(&generator)
        #expect(try writing.delete(tree, key.span.bytes) == (model.entries.removeValue(forKey: key) != nil))
    }

    /// Deletes some entries with a cursor, in either direction, while another cursor looks on.
    private func deleteRange(
        _ writing: borrowing Transaction, _ tree: Tree, _ model: inout Model, _ generator: inout SeededGenerator
    ) throws {
        var cursor = try writing.openCursor(tree)
        let witness = try writing.openCursor(tree)
        guard try cursor.seek(atOrAfter: randomKey(&generator).span.bytes) else { return }
        _ = try witness.last()
        let isForward = Bool.random(using: &generator)
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            model.entries[cursor.key.array] = nil
            try cursor.delete()
            guard isForward ? try cursor.next() : try cursor.previous() else { break }
        }
        #expect(try witness.first() == !model.entries.isEmpty)
    }

    private func compareOne(
        _ transaction: borrowing Transaction, _ tree: Tree, _ model: Model, _ generator: inout SeededGenerator
    ) throws {
        let key = randomKey(&generator)
        #expect(try transaction.get(tree, key.span.bytes)?.array == model.entries[key])
        let cursor = try transaction.openCursor(tree)
        let found = try cursor.seek(atOrAfter: key.span.bytes) ? cursor.key.array : nil
        let expected = model.entries.keys.filter { !$0.lexicographicallyPrecedes(key) }
            .min { $0.lexicographicallyPrecedes($1) }
        #expect(found == expected)
        #expect(try cursor.seekExact(key.span.bytes) == (model.entries[key] != nil))
    }

    private func compare(
        _ transaction: borrowing Transaction, _ tree: Tree, _ model: Model, _ generator: inout SeededGenerator
    ) throws {
        #expect(try transaction.entryCount(tree) == model.entries.count)
        let sorted = model.sorted
        let cursor = try transaction.openCursor(tree)
        for (key, value) in sorted {
            try #require(try cursor.next())
            try #require(cursor.key.array == key && cursor.value.array == value)
        }
        #expect(try !cursor.next())
        for (key, _) in sorted.reversed() {
            try #require(try cursor.previous())
            try #require(cursor.key.array == key)
        }
        #expect(try !cursor.previous())
    }

    /// Few enough keys to meet again, of lengths up to the longest.
    private func randomKey(_ generator: inout SeededGenerator) -> [UInt8] {
        let number = UInt8.random(in: 0...250, using: &generator)
        let byteCount = [1, 2, 30, 200, Environment.maximumKeyByteCount][Int(number % 5)]
        return [UInt8](repeating: number, count: byteCount)
    }
}
