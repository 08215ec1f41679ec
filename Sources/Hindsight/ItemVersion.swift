import HindsightValues

/// What an item was from one commit to another.
public struct ItemVersion: Sendable {
    /// The item; its key attributes alone where it was deleted.
    public let item: Structure
    /// The number of the commit that made this version.
    public let version: UInt64
    /// What that commit did; nil if it lies before the past that is kept.
    public let change: Change.Kind?
    /// When that commit was made; nil if nothing is known of it any more.
    public let begin: Timestamp?
    /// When the version ended; nil if it still held at the end of the period.
    public let end: Timestamp?

    /// Reads a row of `VERSIONS BETWEEN`.
    init?(_ row: Value) {
        guard let row = Structure(exactly: row), case .int(let version) = row["$version"] ?? .missing else {
            return nil
        }
        self.version = UInt64(clamping: version)
        change = row["$change"]?.stringValue.flatMap(Change.Kind.init(word:))
        begin = Timestamp(exactly: row["$from"] ?? .missing)
        end = Timestamp(exactly: row["$to"] ?? .missing)
        item = Structure(fields: row.fields.filter { !ItemVersion.ownNames.contains($0.name) })
    }

    private static let ownNames: Set = ["$version", "$change", "$from", "$to"]
}

extension Change.Kind {
    /// The word of `VERSIONS BETWEEN`.
    fileprivate init?(word: String) {
        switch word {
        case "insert": self = .inserted
        case "update": self = .updated
        case "delete": self = .deleted
        default: return nil
        }
    }
}
