import Foundation
import HindsightTestSupport
import Testing

/// The PartiQL cases, in the folder `shared` beside the checkout.
private let folder =
    Repository.root.deletingLastPathComponent().appendingPathComponent("shared/conformance/partiql").path

/// Runs `pq-conformance` over the PartiQL cases, if they are there.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: folder)))
struct ConformanceTests {
    private struct Report: Decodable {
        let failures: [Failure]
        let passed: Int
    }

    private struct Failure: Decodable {
        let id, mode, category, statement, found: String
    }

    @Test func onlyAcceptedRunsFail() throws {
        let result = try BuiltProgram("pq-conformance").run(["--json", folder])
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.passed > 0)
        let accepted = try AcceptedFailure.all()
        for failure in report.failures where !accepted.contains(where: { $0.covers(failure) }) {
            Issue.record("\(failure.id) \(failure.mode): \(failure.statement)\nfound \(failure.found)")
        }
        for line in accepted where !report.failures.contains(where: line.covers) {
            print("Tests/ConformanceFailures.txt: \(line.subject) \(line.mode) passes now")
        }
    }

    /// A line of `Tests/ConformanceFailures.txt`.
    private struct AcceptedFailure {
        /// The id of a case, or a category.
        let subject: String
        /// The mode, or `*` for any.
        let mode: String

        func covers(_ failure: Failure) -> Bool {
            (subject == failure.id || subject == failure.category) && (mode == "*" || mode == failure.mode)
        }

        static func all() throws -> [AcceptedFailure] {
            let lines = try Repository.text("Tests/ConformanceFailures.txt").split(separator: "\n")
            return try lines.filter { !$0.hasPrefix("#") }.map { line in
                let words = line.split(separator: " ", maxSplits: 2)
                try #require(words.count == 3, "no reason: \(line)")
                return AcceptedFailure(subject: String(words[0]), mode: String(words[1]))
            }
        }
    }
}
