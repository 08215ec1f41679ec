import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What breaks an invariant of the layer stops the process, rather than the file.
@Suite struct MisuseTests {
    @Test func aThreadThatWouldWaitForItself() async {
        await #expect(processExitsWith: .failure) {
            let environment = try Environment.openTemporary(trees: ["t"])
            let first = try environment.beginWrite()
            let second = try environment.beginWrite()
            _ = (first.number, second.number)
        }
    }

    @Test func aReservedValueThatIsNotFilled() async {
        await #expect(processExitsWith: .failure) {
            let environment = try Environment.openTemporary(trees: ["t"])
            var writing = try environment.beginWrite()
            try writing.put(environment.tree, bytes("a").span.bytes, byteCount: 2) { $0.append(littleEndian: UInt8(1)) }
        }
    }

    @Test func aCursorReadOffItsEntries() async {
        await #expect(processExitsWith: .failure) {
            let environment = try Environment.openTemporary(trees: ["t"])
            let cursor = try environment.beginRead().openCursor(environment.tree)
            _ = try cursor.first()
            _ = cursor.key.byteCount
        }
    }

    @Test func bytesReadBeyondTheirEnd() async {
        await #expect(processExitsWith: .failure) {
            _ = bytes("abc").span.bytes.loadLittleEndian(UInt32.self, at: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = bytes("abc").span.bytes.byte(at: -1)
        }
    }

    /// `fork` is hidden from Swift, but a library of the host program may call it.
    @Test func aForkedChildIsRefused() async {
        await #expect(processExitsWith: .success) {
            let environment = try Environment.openTemporary(trees: ["t"])
            try environment.put([("a", "1")])
            var reading = try environment.beginRead()
            reading.reset()
            let symbol = try #require(dlsym(dlopen(nil, RTLD_NOW), "fork"))
            let child = unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)()
            if child == 0 {
                let codes = [
                    try codeThrown { _ = try environment.beginRead() },
                    try codeThrown { _ = try environment.beginWrite() },
                    try codeThrown { try reading.renew() },
                ]
                _exit(codes == [.usedAfterFork, .usedAfterFork, .usedAfterFork] ? 42 : 1)
            }
            var status: Int32 = 0
            waitpid(child, &status, 0)
            try #require(status == 42 << 8)
            // The parent goes on.
            try reading.renew()
            try environment.put([("b", "2")])
            try #require(try environment.contents() == ["a=1", "b=2"])
        }
    }
}
