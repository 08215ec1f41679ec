import HindsightKeyValue
import HindsightTestSupport
import Testing

/// Random damage to a file: it is found, or the file can be read from end to end; the process survives either way.
@Suite struct DamageTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func noDamageTraps(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        let whole = try makeFile(directory.file("whole.db"), &generator)
        let path = directory.file("damaged.db")
        var found = 0
        for _ in 0..<300 {
            var content = whole
            damage(&content, &generator)
            try RawFile.write(content, to: path)
            do {
                try readAll(path)
            } catch is KeyValueError {
                found += 1
            }
        }
        #expect(found > 50)
    }

    /// Small and large values, several trees, free pages.
    private func makeFile(_ path: String, _ generator: inout SeededGenerator) throws -> [UInt8] {
        do {
            let environment = try Environment.open(path: path, trees: ["t", "u", "empty"])
            try environment.put((0..<800).map { ("key \($0)", "value \($0)") })
            try environment.put(
                (0..<20).map { ("\($0)", String(repeating: "x", count: 500 * $0)) },
                in: environment.tree(named: "u"))
            var deleting = try environment.beginWrite()
            for number in 100..<300 { try deleting.delete(environment.tree, bytes("key \(number)").span.bytes) }
            try deleting.commit()
            try environment.put([("more", "x")])
        }
        return try RawFile.read(path)
    }

    private func damage(_ content: inout [UInt8], _ generator: inout SeededGenerator) {
        let pageCount = content.count / 4096
        let page = Int.random(in: 0..<pageCount, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            content.removeLast(Int.random(in: 1..<content.count, using: &generator))
        case 1:
            for offset in 0..<4096 { content[page * 4096 + offset] = 0 }
        case 2:
            let other = Int.random(in: 0..<pageCount, using: &generator)
            for offset in 0..<4096 { content[page * 4096 + offset] = content[other * 4096 + offset] }
        case 3:
            // Headers and the tables of nodes, where damage does most.
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                content[page * 4096 + Int.random(in: 0..<200, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
        case 4:
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                content[Int.random(in: 0..<content.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
        default:
            let offset = page * 4096 + Int.random(in: 0..<4000, using: &generator)
            for index in offset..<(offset + 64) { content[index] = .random(in: 0...255, using: &generator) }
        }
    }

    private func readAll(_ path: String) throws {
        var options = EnvironmentOptions()
        options.verifiedByteCount = .max
        let environment = try Environment.open(path: path, options: options, trees: ["t", "u", "empty"])
        let reading = try environment.beginRead()
        for name in ["t", "u", "empty"] {
            let cursor = try reading.openCursor(environment.tree(named: name))
            var checksum: UInt32 = 0
            while try cursor.next() { checksum ^= cursor.value.checksum32 }
            while try cursor.previous() { checksum ^= cursor.key.checksum32 }
            #expect(checksum == checksum)
        }
        for number in 0..<800 {
            _ = try reading.contains(environment.tree, bytes("key \(number)").span.bytes)
        }
        var writing = try environment.beginWrite()
        for number in 0..<100 {
            try writing.put(environment.tree, bytes("key \(number)").span.bytes, bytes("new").span.bytes)
        }
        try writing.commit()
    }
}
