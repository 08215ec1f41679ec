/// How a run of `pq` ended.
package struct ExitStatus: Equatable, Sendable {
    package let code: Int32

    package static let success = ExitStatus(code: 0)
    package static let statementFailed = ExitStatus(code: 1)
    package static let wrongUsage = ExitStatus(code: 2)
    package static let cannotOpen = ExitStatus(code: 3)

    /// What shells report of a process that a signal ended: 130 for Ctrl-C.
    package static func killed(by signal: Int32) -> ExitStatus {
        ExitStatus(code: 128 + signal)
    }
}
