import Foundation
import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// The guide's page on the file format shows bytes. They must be those of a file.
struct FormatGuideTests {
    private let page: GuidePage

    init() throws {
        page = try GuidePage(named: "FileFormat.md")
    }

    @Test func theFileInTheGuideIsTheFileThatIsWritten() throws {
        let test = try TestStore()
        try writeHistory(to: test)
        let shown = page.entries
        let written = try entries(of: test.store)
        #expect(shown.map(\.place) == written.map(\.place))
        for (shown, written) in zip(shown, written) {
            #expect(shown.value == written.value, "\(written.place)")
        }
    }

    @Test func theDocumentInTheGuideIsTheOneThatIsEncoded() throws {
        let tags = Value.list([.string("a"), .string("b")])
        let size = Value.structure(
            Structure(fields: [
                .init(name: "w", value: .decimal("8.5")), .init(name: "h", value: .int(1100)),
            ]))
        let document = try encode([("Id", .int(7)), ("Tags", tags), ("Size", size), ("Note", .null)])
        let text = "{'Id': 7, 'Tags': ['a', 'b'], 'Size': {'w': 8.5, 'h': 1100}, 'Note': NULL}"
        #expect(page.block(after: text) == hex(document))
    }

    @Test func theKeysInTheGuideAreThoseThatAreEncoded() throws {
        let keys: [(text: String, components: [Value])] = [
            ("7", [.int(7)]),
            ("-7", [.int(-7)]),
            ("12.5", [.decimal("12.5")]),
            ("1E-130", [.decimal("1E-130")]),
            ("'Björk', 1997", [.string("Björk"), .int(1997)]),
            ("x'0001FF'", [.blob([0x00, 0x01, 0xFF])]),
        ]
        let shown = page.keys
        #expect(shown.map(\.text) == keys.map(\.text))
        for (shown, key) in zip(shown, keys) {
            #expect(shown.bytes == hex(try KeyCode.encode(key.components)), "\(key.text)")
        }
    }

    /// The six commits that the page tells of, a second apart.
    private func writeHistory(to test: TestStore) throws {
        let store = test.store
        try store.write(statement: "CREATE TABLE t (id NUMBER PARTITION KEY)") { transaction in
            try transaction.createTable(
                TableDefinition(name: "t", partitionKey: KeyAttribute(name: "id", kind: .number)))
        }
        try step(test, "ALTER TABLE t SET POINT_IN_TIME_RECOVERY ON") { transaction in
            try transaction.enableRecovery(of: "t")
        }
        try step(test, "INSERT") { try $0.insert(try document(7, "a"), into: try store.table("t")) }
        try step(test, "UPDATE") { try $0.put(try document(7, "b"), into: try store.table("t")) }
        try step(test, "DELETE") { try $0.delete(key: try key(7), from: try store.table("t")) }
        try step(test, "CREATE RESTORE POINT p") { try $0.createRestorePoint("p") }
    }

    private func step(
        _ test: TestStore, _ statement: String, _ body: (StoreTransaction) throws -> some Any
    ) throws {
        test.clock.advance(seconds: 1)
        _ = try test.store.write(statement: statement) { _ = try body($0) }
    }

    private func entries(of store: Store) throws -> [GuidePage.Entry] {
        let snapshot = try store.snapshot()
        defer { snapshot.close() }
        let access = snapshot.access
        var entries: [GuidePage.Entry] = []
        for tree in TreeName.allCases {
            let cursor = try access.openCursor(access.tree(tree))
            var isOnEntry = try cursor.first()
            while isOnEntry {
                let place = "\(tree.rawValue) \(hex(cursor.key.array))"
                entries.append(GuidePage.Entry(place: place, value: hex(cursor.value.array)))
                isOnEntry = try cursor.next()
            }
        }
        return entries
    }
}

private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
}

/// A page of the guide, and the bytes in its code blocks. What follows a `;` in a line is a comment.
struct GuidePage {
    /// An entry of a tree: the tree's name and key, and the value, in hexadecimal.
    struct Entry: Equatable {
        let place: String
        var value: String
    }

    private let lines: [String]

    init(named name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Sources/Hindsight/Hindsight.docc/\(name)")
        lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// The code block that follows the line with this text, without comments and spaces.
    func block(after text: String) -> String {
        blockLines(after: text).map { Self.bytes($0) }.joined()
    }

    /// The entries of the block behind the line "Every entry of that file".
    var entries: [Entry] {
        var entries: [Entry] = []
        for line in blockLines(after: "Every entry of that file") {
            let words = line.split(separator: " ", maxSplits: 1)
            if let first = words.first, TreeName(rawValue: String(first)) != nil, !line.hasPrefix(" ") {
                entries.append(Entry(place: "\(first) \(Self.bytes(String(words[1])))", value: ""))
            } else if !entries.isEmpty {
                entries[entries.count - 1].value += Self.bytes(line)
            }
        }
        return entries
    }

    /// Key and text of each line of the block behind the line "Some keys".
    var keys: [(bytes: String, text: String)] {
        blockLines(after: "Some keys").compactMap { line in
            let parts = line.split(separator: ";", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (Self.bytes(line), parts[1].trimmingCharacters(in: .whitespaces))
        }
    }

    private func blockLines(after text: String) -> [String] {
        guard let start = lines.firstIndex(where: { $0.contains(text) }),
            let opening = lines[start...].firstIndex(where: { $0.hasPrefix("```") })
        else { return [] }
        return Array(lines[(opening + 1)...].prefix { !$0.hasPrefix("```") })
    }

    private static func bytes(_ line: String) -> String {
        String(line.prefix { $0 != ";" }.filter { $0 != " " })
    }
}
