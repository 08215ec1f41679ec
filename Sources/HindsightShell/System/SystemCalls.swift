// With `LineEditor/EditLineHandle.swift`, the only file of this target with `unsafe` expressions: the C library takes paths and
// buffers as pointers. All of them live for the time of one call.
import CEditLine

/// The system calls that need a pointer, each in one safe function. A negative status is an `errno`.
enum SystemCalls {
    static func open(_ path: String, _ purpose: Int) -> Int32 {
        guard isTerminable(path) else { return -EINVAL }
        return unsafe pq_open(path, Int32(purpose))
    }

    static func kind(of path: String) -> Int {
        guard isTerminable(path) else { return pq_kind_none }
        return Int(unsafe pq_kind(path))
    }

    static func makeDirectory(_ path: String) -> Int32 {
        guard isTerminable(path) else { return -EINVAL }
        return unsafe pq_make_directory(path)
    }

    /// The names in a directory, each ending in a NUL; none if it cannot be read.
    static func names(in directory: String) -> [UInt8] {
        guard isTerminable(directory) else { return [] }
        return filled(1 << 16) { unsafe pq_list(directory, &$0, Int32($0.count)) }.bytes
    }

    static func read(_ descriptor: Int32, atMost count: Int) -> (status: Int32, bytes: [UInt8]) {
        filled(count) { unsafe pq_read(descriptor, &$0, Int32($0.count)) }
    }

    /// - Returns: how many of the bytes were written.
    static func write(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int32 {
        unsafe bytes.withUnsafeBufferPointer { unsafe pq_write(descriptor, $0.baseAddress, Int32(clamping: $0.count)) }
    }

    /// The words of the command line as they are, the program's name first.
    static func arguments() -> [[UInt8]] {
        (0..<Int(CommandLine.argc)).map { index in
            guard var byte = unsafe CommandLine.unsafeArgv[index] else { return [] }
            var word: [UInt8] = []
            while unsafe byte.pointee != 0 {
                word.append(UInt8(bitPattern: unsafe byte.pointee))
                unsafe byte += 1
            }
            return word
        }
    }

    /// The variable's bytes; empty if it is not set.
    static func environment(_ name: String) -> [UInt8] {
        filled(1 << 12) { unsafe pq_environment(name, &$0, Int32($0.count)) }.bytes
    }

    static func message(ofError number: Int32) -> [UInt8] {
        filled(256) { unsafe pq_error_message(-number, &$0, Int32($0.count)) }.bytes
    }

    static func openPipe() -> (status: Int32, readEnd: Int32, writeEnd: Int32) {
        var (readEnd, writeEnd): (Int32, Int32) = (-1, -1)
        let status = unsafe pq_open_pipe(&readEnd, &writeEnd)
        return (status, readEnd, writeEnd)
    }

    /// A C string ends at its first NUL, so a text with one would be another path.
    private static func isTerminable(_ text: String) -> Bool {
        !text.utf8.contains(0)
    }

    /// What `fill` writes into a buffer of `count` bytes; it returns how many, or a negative number for none.
    private static func filled(_ count: Int, _ fill: (inout [UInt8]) -> Int32) -> (status: Int32, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: count)
        let status = fill(&bytes)
        bytes.removeLast(count - max(0, Int(status)))
        return (status, bytes)
    }
}
