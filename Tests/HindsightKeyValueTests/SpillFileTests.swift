import HindsightKeyValue
import HindsightTestSupport
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct SpillFileTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func namesInDirectory() -> [String] {
        guard let handle = opendir(directory.path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    @Test func piecesComeBackByTheirPlaces() throws {
        let file = try SpillFile(directory: directory.path)
        #expect(namesInDirectory() == [])
        var places: [(Range<Int>, [UInt8])] = []
        for count in [0, 1, 500, 100_000, 3] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            places.append((try file.append(bytes.rawSpan), bytes))
        }
        for (place, bytes) in places.reversed() { #expect(try file.read(place) == bytes) }
        #expect(file.byteCount == 100_504)
    }

    @Test func aRefusedStepLeavesTheFileAsItWas() throws {
        let interceptor = FailingInterceptor(atCall: 2, of: [.writeSpill])
        let file = try SpillFile(directory: directory.path, interceptor: interceptor)
        let bytes: [UInt8] = [1, 2, 3]
        let place = try file.append(bytes.rawSpan)
        #expect(try codeThrown { _ = try file.append(bytes.rawSpan) } == .diskFull)
        #expect(file.byteCount == 3)
        #expect(try file.read(place) == bytes)
        #expect(try file.append(bytes.rawSpan) == 3..<6)
    }

    @Test func noDirectoryIsAClearError() throws {
        #expect(
            try codeThrown { _ = try SpillFile(directory: directory.path + "/absent") } == .noSuchFile)
    }

    @Test func readingBehindTheEndIsAnError() throws {
        let file = try SpillFile(directory: directory.path)
        #expect(try codeThrown { _ = try file.read(0..<5) } == .truncated)
    }
}
