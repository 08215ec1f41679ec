import Foundation
import HindsightTestSupport
import Testing

@testable import HindsightShell

/// The checkout that the tests were built from.
private let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Paths of the golden scripts under a folder, relative to the checkout.
private func scripts(in folder: String) -> [String] {
    let base = repository.appendingPathComponent(folder)
    guard let walker = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".pq") }.map { folder + "/" + $0 }.sorted()
}

struct GoldenScriptTests {
    @Test(arguments: scripts(in: "Tests/Scripts") + scripts(in: "examples"))
    func printsWhatIsExpected(path: String) throws {
        let text = try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
        let outcome = try GoldenRunner.check(ScriptSource(name: path, text: text))
        if case .different(let difference) = outcome {
            Issue.record("\(path) is not as expected; `pq --rewrite \(path)` would change it:\n\(difference)")
        }
    }
}

struct GoldenRunnerTests {
    private func rewritten(_ text: String) throws -> String {
        try GoldenRunner.rewrite(ScriptSource(name: "test.pq", text: text))
    }

    @Test func passesWhatIsExpected() throws {
        let source = ScriptSource(name: nil, text: "1 + 1;\n--> 2\n")
        #expect(try GoldenRunner.check(source) == .asExpected)
    }

    @Test func failsForAWrongExpectation() throws {
        let source = ScriptSource(name: nil, text: "1 + 1;\n--> 3\n")
        #expect(try GoldenRunner.check(source) == .different("@@ line 1 @@\n 1 + 1;\n---> 3\n+--> 2\n \n"))
    }

    @Test func failsForMissingAndForStrayExpectations() throws {
        #expect(try GoldenRunner.check(ScriptSource(name: nil, text: "1 + 1;")) != .asExpected)
        #expect(try GoldenRunner.check(ScriptSource(name: nil, text: "--> 2\n1 + 1;\n--> 2\n")) != .asExpected)
        #expect(try GoldenRunner.check(ScriptSource(name: nil, text: ".timer off\n--> 2\n")) != .asExpected)
    }

    @Test func rewritesInPlace() throws {
        let text = """
            -- first
            1 + 1;  -- trailing
            --> old
            --> lines

            -- second
            'a' ||
              --> not an expectation
              'b'; 3;
            """
        #expect(
            try rewritten(text) == """
                -- first
                1 + 1;  -- trailing
                --> 2

                -- second
                'a' ||
                  --> not an expectation
                  'b'; 3;
                --> 'ab'
                --> 3
                """)
        #expect(try rewritten(try rewritten(text)) == rewritten(text))
    }

    @Test func goesOnAfterErrors() throws {
        #expect(
            try rewritten("-- above\nSELECT\n  FROM x;\n.mod\n1;") == """
                -- above
                SELECT
                  FROM x;
                --> 2:3: error: expected an expression, found `FROM`
                -->   2 |   FROM x
                -->     |   ^~~~
                .mod
                --> 1:1: error: unknown command '.mod'
                -->   1 | .mod
                -->     | ^~~~
                -->     = hint: did you mean `.mode`?
                1;
                --> 1
                """)
    }

    @Test func hasAClockOfItsOwn() throws {
        let text = try rewritten(
            "CREATE TABLE t (a STRING PARTITION KEY);\nSELECT FROM;\n.clock\n.clock +1d\nINSERT INTO t VALUE {'a': 'x'};"
        )
        #expect(text.contains("--> table created (v1, 12:00:00.000)\n"))
        #expect(text.contains(".clock\n--> 2026-05-01T12:00:02.000000Z\n"))
        #expect(text.hasSuffix("--> 1 item inserted (v2, 12:00:02.000)"))
    }

    @Test func endsAtQuit() throws {
        #expect(try rewritten("1;\n.quit\n2;\n--> x") == "1;\n--> 1\n.quit\n2;")
    }

    @Test func writesProgramsOutputToo() throws {
        #expect(try rewritten(".mode csv\nSELECT 1 AS a;").hasSuffix("SELECT 1 AS a;\n--> a\n--> 1"))
    }
}
