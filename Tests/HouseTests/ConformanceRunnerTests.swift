import Foundation
import HindsightTestSupport
import Testing

/// `pq-conformance` over a few cases of its own.
@Suite struct ConformanceRunnerTests {
    private let folder: TemporaryDirectory

    private static let cases = #"""
        {"id":"a00000000001","category":"eval/own","kind":"eval","statement":"SELECT VALUE x FROM T AS x ORDER BY x","env":"e1","mode":["coerce","error"],"expect":{"coerce":{"result":{"list":[{"int":"1"},{"decimal":"2.0"}]}},"error":{"result":{"list":[{"int":"1"},{"float":"2.0"}]}}}}
        {"id":"a00000000002","category":"eval/own","kind":"eval","statement":"1 + 'a'","mode":["coerce","error"],"expect":{"coerce":{"result":{"missing":true}},"error":{"error":true}}}
        {"id":"a00000000003","category":"eval/own","kind":"eval","statement":"<<1>>","mode":["coerce"],"expect":{"coerce":{"result":{"list":[{"int":"1"}]}}}}
        {"id":"a00000000004","category":"eval/own","kind":"eval","statement":"1","mode":["error"],"expect":{"error":{"error":true}}}
        {"id":"a00000000005","category":"eval/own","kind":"eval","statement":"1","env":"e2","mode":["coerce"],"expect":{"coerce":{"result":{"int":"1"}}}}
        {"id":"a00000000006","category":"syntax/own","kind":"syntax-success","statement":"SELECT a FROM unknown"}
        {"id":"a00000000007","category":"syntax/own","kind":"syntax-fail","statement":"SELECT a FROM unknown"}
        {"id":"a00000000008","category":"static/own","kind":"static-fail","statement":"SELECT a FROM unknown"}

        """#

    private static let environments = #"""
        {"env":"e1","globals":{"t":{"bag":[{"int":"2"},{"int":"1"}]}}}
        {"env":"e2","globals":{"g":{"money":"1"}}}

        """#

    init() throws {
        folder = try TemporaryDirectory()
        try write(Self.cases, to: "own.jsonl")
        try write(Self.environments, to: "envs.jsonl")
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
    }

    @Test func printsCategoriesFailuresAndTheSum() throws {
        let result = try BuiltProgram("pq-conformance").run([folder.path])
        #expect(
            result.output == """
                eval/own    4 passed, 3 failed
                static/own  1 passed, 0 failed
                syntax/own  1 passed, 1 failed
                a00000000003 coerce eval/own
                    <<1>>
                    found <<1>>
                a00000000004 error eval/own
                    1
                    found 1
                a00000000005 coerce eval/own
                    1
                    found values of the kind 'money' cannot be held
                a00000000007 syntax-fail syntax/own
                    SELECT a FROM unknown
                    found accepted
                6 passed, 4 failed

                """)
        #expect(result.status == 1)
    }

    @Test func printsOneObjectForPrograms() throws {
        struct Report: Decodable {
            struct Failure: Decodable {
                let id, mode, found: String
            }
            let failures: [Failure]
            let passed, failed: Int
        }
        let result = try BuiltProgram("pq-conformance").run(["--json", folder.path])
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(report.passed == 6)
        #expect(report.failed == 4)
        #expect(report.failures.map(\.id).last == "a00000000007")
        #expect(result.errors == "6 passed, 4 failed\n")
    }

    @Test func refusesWhatItCannotRun() throws {
        let program = BuiltProgram("pq-conformance")
        #expect(try program.run([]).status == 2)
        #expect(try program.run(["--jsn", folder.path]).errors.hasPrefix("pq-conformance: no option '--jsn'\n"))
        #expect(try program.run([folder.path + "/nowhere"]).status == 2)
        try write(#"{"id":"a"}"#, to: "own.jsonl")
        let result = try program.run([folder.path])
        #expect(result.errors.hasPrefix("pq-conformance: own.jsonl:1: "))
        #expect(result.status == 2)
    }
}
