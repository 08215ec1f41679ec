import Foundation
import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

/// The folder of the PartiQL conformance cases, if the environment names one.
private let conformanceFolder = ProcessInfo.processInfo.environment["HINDSIGHT_CONFORMANCE"]

/// Runs the evaluation cases of the conformance set through a session whose variables are the cases' globals.
@Suite(.enabled(if: conformanceFolder != nil)) struct QueryConformanceTests {
    @Test func evaluation() throws {
        let folder = try #require(conformanceFolder)
        let environments = try ConformanceCase.readEnvironments(folder + "/envs.jsonl")
        var tally = QueryTally()
        for file in ["eval.jsonl", "eval-equiv.jsonl", "eval-extended.jsonl"] {
            for testCase in try ConformanceCase.read(folder + "/" + file) {
                for (mode, expectation) in testCase.expect ?? [:] {
                    let globals = environments[testCase.env ?? ""] ?? [:]
                    let outcome = evaluate(testCase.statement, mode == "coerce" ? .permissive : .strict, globals)
                    tally.add(testCase, mode, expectation, outcome)
                }
            }
        }
        tally.report()
        #expect(tally.passed > 0)
    }

    private func evaluate(
        _ text: String, _ typing: TypingMode, _ globals: [String: Value]
    ) -> Result<Value, QueryError> {
        let options = SessionOptions(typing: typing, globals: globals)
        let session = Session(provider: MemoryTables(), options: options)
        do {
            switch try session.execute(text) {
            case .value(let value): return .success(value)
            case .rows(let rows):
                let values = try rows.collect()
                return .success(rows.isOrdered ? .list(values) : .bag(values))
            case .changed, .done: return .success(.missing)
            }
        } catch {
            return .failure(error)
        }
    }
}

/// Passes and failures by file of the cases.
private struct QueryTally {
    private(set) var passed = 0
    private var failures: [String] = []
    private var byFile: [String: (passed: Int, failed: Int)] = [:]

    mutating func add(
        _ testCase: ConformanceCase, _ mode: String, _ expectation: ConformanceCase.Expectation,
        _ outcome: Result<Value, QueryError>
    ) {
        let isPass: Bool
        let found: String
        switch outcome {
        case .success(let value):
            isPass = expectation.result?.value.map { $0.isEqual(to: value) } ?? false
            found = value.description
        case .failure(let error):
            isPass = expectation.error == true
            found = "\(error.diagnostic.code.rawValue): \(error.diagnostic.message)"
        }
        if isPass {
            passed += 1
            byFile[testCase.file, default: (0, 0)].passed += 1
            return
        }
        byFile[testCase.file, default: (0, 0)].failed += 1
        let wanted = expectation.result?.value?.description ?? "an error"
        failures.append(
            "\(testCase.id) \(testCase.file) \(mode): \(testCase.statement)\n  found \(found)\n  wanted \(wanted)")
    }

    func report() {
        for (file, counts) in byFile.sorted(by: { $0.key < $1.key }) where counts.failed > 0 {
            print(file, counts.passed, "passed", counts.failed, "failed")
        }
        for failure in failures { print("FAIL", failure) }
        print(passed, "passed", failures.count, "failed")
    }
}
