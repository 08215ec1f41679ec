import CEditLine

/// A system call that failed on a named thing.
package struct SystemError: Error, CustomStringConvertible {
    /// What was being done to what, as in `cannot read 'a.pq'`.
    package let attempt: String
    /// The positive `errno`.
    package let number: Int32

    static let noSuchFile = ENOENT
    static let permissionDenied = EACCES
    static let noSpace = ENOSPC

    /// Turns a status of the C wrappers, a negative `errno` for a failure, into its value.
    @discardableResult
    static func check(_ status: Int32, _ attempt: @autoclosure () -> String) throws(SystemError) -> Int {
        guard status < 0 else { return Int(status) }
        throw SystemError(attempt: attempt(), number: -status)
    }

    package var description: String {
        "\(attempt): \(String(decoding: SystemCalls.message(ofError: number), as: UTF8.self))"
    }
}
