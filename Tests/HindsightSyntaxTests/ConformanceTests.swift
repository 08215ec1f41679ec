import Foundation
import Testing

@testable import HindsightSyntax

/// Runs the parser over PartiQL conformance cases, if `PARTIQL_CONFORMANCE` names their folder.
@Suite(.enabled(if: Conformance.folder != nil))
struct ConformanceTests {
    @Test func syntaxCases() throws {
        let cases = try Conformance.cases("syntax.jsonl")
        var failures: [String] = []
        for test in cases {
            let isAccepted = (try? Parser.statement(test.statement)) != nil
            if isAccepted != (test.kind == "syntax-success") { failures.append("\(test.kind): \(test.statement)") }
        }
        print("syntax: \(cases.count - failures.count) of \(cases.count)")
        print(failures.joined(separator: "\n"))
        #expect(failures.count <= 3)
    }

    /// What is evaluated parses, unless it is an error in every mode.
    @Test(arguments: ["eval.jsonl", "eval-equiv.jsonl", "eval-extended.jsonl"])
    func evaluatedCases(file: String) throws {
        var failures: [String] = []
        let cases = try Conformance.cases(file)
        for test in cases {
            do throws(SyntaxError) {
                _ = try Parser.statement(test.statement)
            } catch  where !test.isErrorEverywhere && !test.statement.contains(" MATCH ") {
                failures.append("\(test.statement) -- \(error.diagnostics[0].message)")
            } catch {}
        }
        print("\(file): \(cases.count - failures.count) of \(cases.count)")
        print(failures.joined(separator: "\n"))
        #expect(failures.count <= 3)
    }

    @Test func statementsThatMustBeRefused() throws {
        let cases = try Conformance.cases("static-fail.jsonl")
        let refused = cases.filter { (try? Parser.statement($0.statement)) == nil }
        print("static-fail: \(refused.count) of \(cases.count) refused by the parser")
        #expect(refused.count >= 80)
    }
}

enum Conformance {
    struct Case: Decodable {
        let kind: String
        let statement: String
        let expect: [String: Outcome]?

        struct Outcome: Decodable {
            let error: Bool?
        }

        var isErrorEverywhere: Bool { expect?.values.allSatisfy { $0.error == true } ?? false }
    }

    static let folder = ProcessInfo.processInfo.environment["PARTIQL_CONFORMANCE"]

    static func cases(_ file: String) throws -> [Case] {
        let path = try #require(folder) + "/" + file
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Case.self, from: $0) }
    }
}
