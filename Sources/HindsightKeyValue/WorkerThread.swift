#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Threads of our own, for work that blocks or that must stay on one thread, as a write transaction does.
package enum WorkerThread {
    /// The stack of a thread: evaluating deeply nested statements takes more than the half megabyte that Darwin gives.
    private static let stackByteCount = 8 << 20

    /// Runs `body` on a new thread, which ends with it.
    ///
    /// - Throws: `KeyValueError.busy` or `.outOfMemory` if there can be no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(KeyValueError) {
        let context = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        let status = create(context)
        guard status == 0 else {
            Unmanaged<ThreadBody>.fromOpaque(context).release()
            throw KeyValueError(status: status, operation: .startThread)
        }
    }

    /// A number that no other running thread of the process has.
    package static var currentNumber: UInt {
        currentThread()
    }

    private static func create(_ context: UnsafeMutableRawPointer) -> Int32 {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackByteCount)
        #if canImport(Glibc)
        var thread = pthread_t()
        #else
        var thread: pthread_t?
        #endif
        return pthread_create(&thread, &attributes, runThreadBody, context)
    }
}

private final class ThreadBody {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

#if canImport(Glibc)
private func runThreadBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body() }
    return nil
}
#else
private func runThreadBody(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
    return nil
}
#endif
