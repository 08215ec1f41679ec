import Foundation
import HindsightQuery
import HindsightSyntax
import HindsightValues
import Testing

/// The folder of the PartiQL conformance cases, if the environment names one.
private let conformanceFolder = ProcessInfo.processInfo.environment["HINDSIGHT_CONFORMANCE"]

/// Runs the conformance cases that need no query: expressions over constants and global values.
@Suite(.enabled(if: conformanceFolder != nil)) struct ConstantConformanceTests {
    @Test func expressions() throws {
        let folder = try #require(conformanceFolder)
        let environments = try ConformanceCase.readEnvironments(folder + "/envs.jsonl")
        var tally = Tally()
        for file in ["eval.jsonl", "eval-equiv.jsonl", "eval-extended.jsonl", "static-fail.jsonl"] {
            for testCase in try ConformanceCase.read(folder + "/" + file) {
                tally.run(testCase, globals: environments[testCase.env ?? ""] ?? [:])
            }
        }
        tally.report()
        #expect(tally.passed > 0)
    }
}

/// Passes and failures by file of the cases.
private struct Tally {
    var passed = 0
    private var failures: [String] = []
    private var byFile: [String: (passed: Int, failed: Int)] = [:]

    mutating func run(_ testCase: ConformanceCase, globals: [String: Value]) {
        if testCase.kind == "static-fail" {
            let outcome = evaluate(testCase.statement, .strict, [:])
            if case .query = outcome { return }
            if case .failed = outcome { return count(testCase, "strict", true, "") }
            return count(testCase, "strict", false, "accepted")
        }
        for (mode, expectation) in testCase.expect ?? [:] {
            let outcome = evaluate(testCase.statement, mode == "coerce" ? .permissive : .strict, globals)
            switch outcome {
            case .query: continue
            case .value(let value):
                let isPass = expectation.result?.value.map { $0.isEqual(to: value) } ?? false
                count(testCase, mode, isPass, "\(value)")
            case .failed(let message):
                count(testCase, mode, expectation.error == true, message)
            }
        }
    }

    private enum Outcome {
        case query
        case value(Value)
        case failed(String)
    }

    private func evaluate(_ statement: String, _ typing: TypingMode, _ globals: [String: Value]) -> Outcome {
        do {
            guard case .query(let query) = try Parser.statement(statement).node,
                case .expression(let expression) = query.body, query.orderBy.isEmpty
            else { return .query }
            return .value(try ConstantEvaluator(typing: typing, globals: globals).evaluate(expression))
        } catch let error as QueryError {
            if error.diagnostic.code == .unsupported { return .query }
            return .failed("\(error.diagnostic.code.rawValue): \(error.diagnostic.message)")
        } catch let error as SyntaxError {
            let isQuery = statement.lowercased().contains("select") || statement.contains("MATCH")
            return isQuery ? .query : .failed("syntax: \(error.diagnostics.first?.message ?? "")")
        } catch {
            return .failed("\(error)")
        }
    }

    private mutating func count(_ testCase: ConformanceCase, _ mode: String, _ isPass: Bool, _ found: String) {
        if isPass {
            passed += 1
            byFile[testCase.file, default: (0, 0)].passed += 1
        } else {
            byFile[testCase.file, default: (0, 0)].failed += 1
            let wanted = testCase.expect?[mode].map { "\($0)" } ?? "an error"
            failures.append(
                "\(testCase.id) \(testCase.file) \(mode): \(testCase.statement)\n    found \(found)\n    wanted \(wanted)"
            )
        }
    }

    func report() {
        for (file, counts) in byFile.sorted(by: { $0.key < $1.key }) {
            print(file, counts.passed, "passed", counts.failed, "failed")
        }
        for failure in failures { print("FAIL", failure) }
        print(passed, "passed", failures.count, "failed")
    }
}
