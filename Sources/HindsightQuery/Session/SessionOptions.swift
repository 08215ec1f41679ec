import HindsightValues

/// What a session is set to when it starts.
package struct SessionOptions: Sendable {
    package var dialect: Dialect
    /// `SET TYPING` changes it for the session.
    package var typing: TypingMode
    /// The most bytes that one statement may hold for sorts, groups, joins and collected rows.
    package var memoryLimit: Int
    /// Where sorts, groups and joins put rows for which that is not enough.
    package var spilling: SpillSettings
    /// What tables without `AS OF` are read at. With anything but `.now`, the session only reads.
    package var moment: Moment
    /// Refuses statements that change something.
    package var isReadOnly: Bool
    /// Variables that all statements may name.
    package var globals: [String: Value]
    /// What relative names of files in EXPORT and IMPORT are relative to; nil for the working directory.
    package var folder: String?
    /// A data file of an export ends with the item that makes it larger than this, before it is packed.
    package var exportFileBytes = SessionOptions.defaultExportFileBytes

    static let defaultExportFileBytes = 256 << 20

    package init(
        dialect: Dialect = .partiql, typing: TypingMode = .permissive,
        memoryLimit: Int = ExecutionContext.defaultMemoryLimit, spilling: SpillSettings = SpillSettings(),
        moment: Moment = .now, isReadOnly: Bool = false, globals: [String: Value] = [:],
        folder: String? = nil
    ) {
        self.dialect = dialect
        self.typing = typing
        self.memoryLimit = memoryLimit
        self.spilling = spilling
        self.moment = moment
        self.isReadOnly = isReadOnly
        self.globals = globals
        self.folder = folder
    }
}
