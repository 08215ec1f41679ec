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
        let reason = [UInt8](capacity: 256) { pq_error_message(-number, &$0) }
        return "\(attempt): \(String(decoding: reason, as: UTF8.self))"
    }
}

extension [UInt8] {
    /// The bytes that `fill` wrote into a buffer of `capacity` bytes; it returns how many, or a negative number for none.
    init(capacity: Int, _ fill: (inout MutableSpan<UInt8>) -> Int32) {
        self.init(repeating: 0, count: capacity)
        var span = mutableSpan
        let count = fill(&span)
        removeLast(capacity - Swift.max(0, Int(count)))
    }

    /// A path or name as the C wrappers take it.
    init(terminated text: String) {
        self = Array(text.utf8) + [0]
    }
}
