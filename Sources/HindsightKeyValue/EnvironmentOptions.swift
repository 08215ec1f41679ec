/// How an environment is opened.
package struct EnvironmentOptions: Sendable {
    /// When a commit is safe.
    package enum Durability: Sendable {
        /// When `commit` returns, even if the power fails right after.
        case full
        /// Whenever the system writes it out. A crash of the process loses nothing; a crash of the system or a power
        /// failure may lose the last commits and may leave a file that cannot be read.
        case relaxed
    }

    /// The most bytes that the file may grow to: address space, not memory and not disk.
    package var mapByteCount = 1 << 40
    /// The most read transactions at one time, in all processes. The first process to open the file decides.
    package var maximumReaders = 510
    package var durability = Durability.full
    package var isReadOnly = false
    /// A file of at most so many bytes is checked page by page when it is opened, which takes about 1.5 µs a page; of a
    /// larger one, only the heads and the roots are. LMDB believes what pages say, so damage that is not found here may
    /// trap the process later: `.max` for files of doubtful origin.
    package var verifiedByteCount = 4 << 20
    /// Whether trees that the file lacks are created; otherwise opening throws `.missingTree`.
    package var createsTrees = true
    package var interceptor: (any CallInterceptor)?

    package init() {}
}
