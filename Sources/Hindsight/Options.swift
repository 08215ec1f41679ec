import HindsightQuery
import HindsightStorage

extension Database {
    /// How a database is opened.
    public struct Options: Sendable {
        /// The clock that commits, `NOW()` and retention go by: microseconds since 1970-01-01T00:00Z. Set one of your own
        /// to rehearse a recovery; `AdjustableClock` can be moved on.
        public var clock: @Sendable () -> Int64
        public var durability: Durability
        /// Refuses every change; the file must exist.
        public var isReadOnly: Bool
        /// The most bytes that one statement may hold for sorting, grouping and joining. Rows for which that is not enough
        /// go to a temporary file for as long as the statement runs.
        public var memoryLimit: Int
        /// The directory of such files; nil for `TMPDIR`, or `/tmp` without it. The files have no names there.
        public var temporaryDirectory: String?
        /// What relative names of files in EXPORT and IMPORT are relative to; nil for the working directory.
        public var folder: String?

        public init(
            clock: (@Sendable () -> Int64)? = nil, durability: Durability = .full, isReadOnly: Bool = false,
            memoryLimit: Int = 1 << 30, temporaryDirectory: String? = nil
        ) {
            self.clock = clock ?? StoreOptions().clock
            self.durability = durability
            self.isReadOnly = isReadOnly
            self.memoryLimit = memoryLimit
            self.temporaryDirectory = temporaryDirectory
        }
    }

    /// What a commit waits for.
    public enum Durability: Sendable, Hashable {
        /// A commit is on the disk when the call returns.
        case full
        /// A commit is on the disk some time later: a crash of the machine may take the last ones, and may leave a file
        /// that cannot be opened. A crash of the process takes nothing.
        case relaxed
    }
}

extension Database.Options {
    var ofStore: StoreOptions {
        var options = StoreOptions()
        options.clock = clock
        options.durability = durability == .full ? .full : .relaxed
        options.isReadOnly = isReadOnly
        return options
    }

    /// What statements without a session of their own run with, and sessions start with.
    var ofSession: SessionOptions {
        SessionOptions(memoryLimit: memoryLimit, spilling: SpillSettings(directory: temporaryDirectory), folder: folder)
    }
}
