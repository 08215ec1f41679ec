import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The UTF-8 of a text.
func bytes(_ text: String) -> [UInt8] {
    Array(text.utf8)
}

extension Environment {
    /// The one tree of most tests.
    var tree: Tree {
        tree(named: "t")
    }

    /// Writes entries in a transaction of their own.
    func put(_ entries: [(String, String)], in tree: Tree? = nil) throws {
        var writing = try beginWrite()
        for (key, value) in entries {
            try writing.put(tree ?? self.tree, bytes(key).span.bytes, bytes(value).span.bytes)
        }
        try writing.commit()
    }

    /// All entries of a tree in order, as `key=value`.
    func contents(of tree: Tree? = nil) throws -> [String] {
        try beginRead().contents(of: tree ?? self.tree)
    }
}

extension Transaction {
    func contents(of tree: Tree) throws -> [String] {
        let cursor = try openCursor(tree)
        var entries: [String] = []
        while try cursor.next() { entries.append(cursor.entry) }
        return entries
    }
}

extension Cursor {
    /// The entry as `key=value`.
    var entry: String {
        "\(String(decoding: key.array, as: UTF8.self))=\(String(decoding: value.array, as: UTF8.self))"
    }

    /// The key as text.
    var text: String {
        String(decoding: key.array, as: UTF8.self)
    }
}

/// Whole files, read and written without the layer under test.
enum RawFile {
    static func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var content = [UInt8](repeating: 0, count: ftell(file))
        rewind(file)
        let count = fread(&content, 1, content.count, file)
        try #require(count == content.count)
        return content
    }

    static func write(_ content: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        try #require(fwrite(content, 1, content.count, file) == content.count)
    }

    static func byteCount(_ path: String) throws -> Int {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return Int(status.st_size)
    }

    /// The permission bits.
    static func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return UInt32(status.st_mode) & 0o777
    }
}

/// The code of the error that `body` throws; `nil` if it throws none.
func codeThrown(_ body: () throws -> Void) throws -> KeyValueError.Code? {
    do {
        try body()
        return nil
    } catch let error as KeyValueError {
        return error.code
    }
}

/// The code of the error that committing throws; `nil` if it throws none.
func codeOfCommitting(_ transaction: consuming Transaction) -> KeyValueError.Code? {
    do {
        try transaction.commit()
        return nil
    } catch {
        return error.code
    }
}
