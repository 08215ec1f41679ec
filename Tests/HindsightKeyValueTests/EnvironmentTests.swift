import HindsightKeyValue
import HindsightTestSupport
import Testing

@Suite struct EnvironmentTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func storesAndFinds() throws {
        let environment = try Environment.open(path: directory.file("a"), trees: ["t"])
        let tree = environment.tree(named: "t")
        var writing = try environment.beginWrite()
        let key: [UInt8] = [1, 2]
        let value: [UInt8] = [3, 4, 5]
        try writing.put(tree, key.span.bytes, value.span.bytes)
        try writing.put(tree, value.span.bytes, byteCount: 9) { output in
            output.append(bytes: value.span.bytes)
            output.append(bigEndian: UInt16(0x0102))
            output.append(littleEndian: UInt32(0x0102_0304))
        }
        try writing.commit()
        let reading = try environment.beginRead()
        #expect(try reading.get(tree, key.span.bytes)?.array == value)
        let cursor = try reading.openCursor(tree)
        #expect(try cursor.next())
        #expect(try cursor.next())
        #expect(cursor.value.array == [3, 4, 5, 1, 2, 4, 3, 2, 1])
        #expect(try !cursor.next())
        #expect(try reading.entryCount(tree) == 2)
    }
}
