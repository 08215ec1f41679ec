import HindsightSyntax

// Export and import: items as files, and files as items. Must not know how items are stored.

/// How items stand in the files of an export or import; the raw value is what FORMAT says.
package enum ExchangeFormat: String, Sendable, CaseIterable {
    /// `{"Item":{"Id":{"N":"1"}}}`, a line an item, in the folders that DynamoDB's exports have.
    case dynamoDBJSON = "DYNAMODB_JSON"
    /// `$ion_1_0 {Item:{Id:1.}}`, likewise.
    case ion = "ION"
    /// `{"Id":1}`, a line an item.
    case json = "JSON"
    /// A line of names, then a line an item. A cell without quotes is a number, true, false or null if it looks like one.
    case csv = "CSV"
    /// The same, all cells being text.
    case csvText = "CSV_TEXT"

    init(_ name: Identifier) throws(QueryError) {
        guard let format = ExchangeFormat(rawValue: name.text.uppercased()) else {
            let names = Self.allCases.map(\.rawValue)
            let near = Suggestion.closest(to: name.text.uppercased(), in: names).map { "did you mean `\($0)`?" }
            throw QueryError(
                .invalidSetting, "there is no format '\(name.text)'", at: name.span,
                hint: near ?? "formats are \(names.joined(separator: ", "))")
        }
        self = format
    }

    /// What a file's name says of a file to be written; nil for a folder.
    init?(ofFile path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        switch plain.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last {
        case "csv": self = .csv
        case "json", "jsonl", "ndjson": self = .json
        default: return nil
        }
    }

    /// Whether it is one that DynamoDB's own exports have, with their folders and manifests.
    var isOfService: Bool { self == .dynamoDBJSON || self == .ion }

    var fileEnding: String {
        switch self {
        case .dynamoDBJSON: ".json.gz"
        case .ion: ".ion.gz"
        case .json: ".json"
        case .csv, .csvText: ".csv"
        }
    }
}

/// What a line of an exported change shows.
package enum ExportView: String, Sendable, CaseIterable {
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
    case newImage = "NEW_IMAGE"

    init(_ name: Identifier) throws(QueryError) {
        let word = name.text.uppercased()
        guard let view = ExportView(rawValue: word == "NEW_IMAGES" ? "NEW_IMAGE" : word) else {
            throw QueryError(
                .invalidSetting, "there is no view '\(name.text)'", at: name.span,
                hint: "views are \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = view
    }
}

/// How far an export or import has come.
package struct ExchangeProgress: Sendable, Hashable {
    /// Items written or read so far.
    package let items: Int
    /// Bytes of the data so far.
    package let bytes: Int
    /// How many bytes there are in all, where that is known beforehand.
    package let totalBytes: Int?

    package init(items: Int, bytes: Int, totalBytes: Int? = nil) {
        self.items = items
        self.bytes = bytes
        self.totalBytes = totalBytes
    }
}

/// What an execution needs for files.
struct ExchangeEnvironment {
    /// What relative names are relative to; nil for the working directory.
    var folder: String?
    /// A data file of an export ends with the item that makes it larger than this, before it is packed.
    var fileByteLimit = SessionOptions.defaultExportFileBytes
    var report: (@Sendable (ExchangeProgress) -> Void)?

    func path(_ name: String) -> String {
        guard let folder, !name.hasPrefix("/") else { return name }
        return folder + "/" + name
    }
}
