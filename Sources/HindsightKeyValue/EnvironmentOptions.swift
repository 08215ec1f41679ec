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
    /// Checks every page of the file before it is used: as slow as reading it whole, but then no damage of the file's
    /// structure is met later.
    package var verifiesPages = false
    /// Whether trees that the file lacks are created; otherwise opening throws `.missingTree`.
    package var createsTrees = true
    package var interceptor: (any CallInterceptor)?

    package init() {}
}
