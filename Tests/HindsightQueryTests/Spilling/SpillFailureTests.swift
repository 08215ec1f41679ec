import Foundation
import HindsightKeyValue
import HindsightSyntax
import HindsightTestSupport
import HindsightValues
import Synchronization
import Testing

@testable import HindsightQuery

/// What goes wrong with a spill file is a clear error, and leaves nothing open.
@Suite struct SpillFailureTests {
    static let statements =
        [SpillTests.sorts[0], SpillTests.groups[0], SpillTests.groups[4], SpillTests.joins[0]]
        + [SpillTests.sets[3]]

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func parameters(_ text: String) -> Parameters {
        var random = SeededGenerator(seed: 7)
        let rows = (0..<2).map { _ in
            Value.list(
                (0..<300).map { number in
                    [
                        "n": .int(Int64(number)), "k": .int(.random(in: 0..<200, using: &random)),
                        "m": .int(.random(in: 0..<200, using: &random)),
                        "a": RandomValue.make(depth: 1, using: &random),
                    ]
                })
        }
        return Parameters(text.utf8.count(where: { $0 == UInt8(ascii: "?") }) == 1 ? [rows[0]] : rows)
    }

    private func harness(_ interceptor: any CallInterceptor) -> QueryHarness {
        let spilling = SpillSettings(directory: directory.path, interceptor: interceptor)
        return QueryHarness(options: SessionOptions(memoryLimit: 6_000, spilling: spilling))
    }

    /// How many files of the directory this process has open.
    private var openFiles: Int {
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return descriptors.count { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return target?.hasPrefix(directory.path) ?? false
        }
    }

    @Test(arguments: statements) func eachStepMayFail(text: String) throws {
        let watched: Set<HindsightKeyValue.Operation> = [.openSpill, .writeSpill, .readSpill]
        let interceptor = FailingInterceptor(atCall: 0, of: watched)
        let harness = harness(interceptor)
        let expected = try harness.result(text, parameters(text))
        let count = interceptor.callCount
        #expect(count > 3)
        for call in stride(from: 1, through: count, by: max(1, count / 40)) {
            interceptor.fail(atCall: call)
            let failure = harness.failure(text, parameters(text))
            #expect(failure?.code == .diskFull, "call \(call) of \(count)")
            #expect(failure?.words.isEmpty == false)
            #expect(openFiles == 0)
        }
        interceptor.fail(atCall: 0)
        #expect(try harness.result(text, parameters(text)) == expected)
        #expect(openFiles == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
    }

    @Test(arguments: statements) func cancellationStopsIt(text: String) throws {
        let canceller = Canceller(atCall: 5)
        let harness = harness(canceller)
        canceller.session.withLock { $0 = harness.session }
        #expect(harness.failure(text, parameters(text))?.code == .cancelled)
        #expect(openFiles == 0)
    }

    @Test func anAbsentDirectoryIsAnErrorWithAPlace() throws {
        let spilling = SpillSettings(directory: directory.path + "/absent")
        let harness = QueryHarness(options: SessionOptions(memoryLimit: 6_000, spilling: spilling))
        let failure = harness.failure(SpillTests.sorts[0], parameters(SpillTests.sorts[0]))
        #expect(failure?.code == .fileNotFound)
        #expect(failure?.words == "r.a, r.n")
    }
}

/// Cancels the session's statement at a step.
private final class Canceller: CallInterceptor {
    let session = Mutex<Session?>(nil)
    private let call: Int
    private let seen = Atomic(0)

    init(atCall call: Int) {
        self.call = call
    }

    func willCall(
        _ operation: HindsightKeyValue.Operation, tree: String?, key: borrowing RawSpan
    ) throws(KeyValueError) {
        if seen.add(1, ordering: .relaxed).newValue == call { session.withLock { $0 }?.cancel() }
    }
}
