/// The entries of all sessions, in a file of our own format: a first line that names it, then one entry a line, `\n` for a
/// line break and `\\` for a backslash.
///
/// Each entry is appended under the file's lock as soon as it is submitted, so that sessions side by side, crashes and
/// closed terminals lose nothing. (libedit's own format is rewritten whole at each save: the last session wins.)
package struct HistoryFile: Sendable {
    /// Entries that are recalled and kept.
    package static let capacity = 10_000
    private static let header = "hindsight history 1"
    /// The file is rewritten with the last `capacity` entries when it has grown to twice as many.
    private static let compactionThreshold = 2 * capacity

    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The user's history, in the state directory of the XDG base directory specification; nil without a home.
    package static func ofUser() -> HistoryFile? {
        let home = Terminal.environment("HOME").map { $0 + "/.local/state" }
        guard let state = Terminal.environment("XDG_STATE_HOME") ?? home else { return nil }
        return HistoryFile(path: state + "/hindsight/history")
    }

    /// The last `capacity` entries, oldest first; none if the file cannot be read or is not a history.
    package func entries() -> [String] {
        guard let bytes = try? FileSystem.contents(of: path) else { return [] }
        return Self.decode(bytes).suffix(Self.capacity).map { $0 }
    }

    /// Appends one entry, durably enough to outlive the process.
    /// - Throws: `SystemError` if the file cannot be made or written.
    package func append(_ entry: String) throws(SystemError) {
        if let slash = path.lastIndex(of: "/") {
            try FileSystem.makeDirectories(String(path[..<slash]))
        }
        let file = try OpenFile(path, purpose: .appending, attempt: "cannot write the history '\(path)'")
        file.lock()
        let isNew = try file.size() == 0
        try file.write(Array(((isNew ? Self.header + "\n" : "") + Self.encode(entry) + "\n").utf8))
    }

    /// Rewrites the file with its last entries if it has grown large. In place and under the lock: another file renamed
    /// over it would lose what a waiting session appends to the old one.
    package func compact() throws(SystemError) {
        guard FileSystem.exists(path) else { return }
        let file = try OpenFile(path, purpose: .updating, attempt: "cannot write the history '\(path)'")
        file.lock()
        let entries = Self.decode(try file.remainingBytes())
        guard entries.count >= Self.compactionThreshold else { return }
        let kept = entries.suffix(Self.capacity).map { Self.encode($0) + "\n" }
        let bytes = Array((Self.header + "\n" + kept.joined()).utf8)
        try file.rewind()
        try file.write(bytes)
        try file.truncate(to: bytes.count)
    }

    static func encode(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case "\\": line += "\\\\"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private static func decode(_ bytes: [UInt8]) -> [String] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first, first.elementsEqual(header.utf8) else { return [] }
        return lines.dropFirst().map { decodeEntry(String(decoding: $0, as: UTF8.self)) }
    }

    private static func decodeEntry(_ line: String) -> String {
        var entry = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if scalar == "\\" && !isEscaped {
                isEscaped = true
                continue
            }
            entry.append(isEscaped && scalar == "n" ? "\n" : scalar)
            isEscaped = false
        }
        return String(entry)
    }
}
