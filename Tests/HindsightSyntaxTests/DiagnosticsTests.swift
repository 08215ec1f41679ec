import HindsightSyntax
import Testing

/// Faults as they are drawn.
struct DiagnosticsTests {
    private func expect(_ text: String, _ drawing: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        let fault = fault(text)
        #expect(fault == drawing, sourceLocation: sourceLocation)
    }

    @Test func mistypedKeywords() {
        expect(
            "SELEC * FROM t",
            """
            1:1: error: unknown statement `SELEC`
              1 | SELEC * FROM t
                | ^~~~~
                = hint: did you mean `SELECT`?
            """)
        expect(
            "SELECT *\nFORM t",
            """
            2:1: error: unexpected `FORM` after a complete statement
              2 | FORM t
                | ^~~~
                = hint: did you mean `FROM`?
            """)
        expect(
            "SELECT a FROM t WEHRE a = 1",
            """
            1:23: error: unexpected `a` after a complete statement
              1 | SELECT a FROM t WEHRE a = 1
                |                       ^
                = hint: did you mean `WHERE`?
            """)
        expect(
            "SHOW TABELS",
            """
            1:6: error: expected what to show: `TABLES`, `INDEXES`, `BACKUPS`, `BACKUP PLANS`, `RESTORES`, \
            `RESTORE POINTS`, `RECOVERY`, `EXPORTS`, `COMMITS`, `CHANGES`, `TIMELINE`, found `TABELS`
              1 | SHOW TABELS
                |      ^~~~~~
                = hint: did you mean `TABLES`?
            """)
        for word in ["TABLS", "TABLE"] {
            expect(
                "SHOW \(word)",
                """
                1:6: error: expected what to show: `TABLES`, `INDEXES`, `BACKUPS`, `BACKUP PLANS`, `RESTORES`, \
                `RESTORE POINTS`, `RECOVERY`, `EXPORTS`, `COMMITS`, `CHANGES`, `TIMELINE`, found `\(word)`
                  1 | SHOW \(word)
                    |      ^~~~~
                    = hint: did you mean `TABLES`?
                """)
        }
        expect(
            "CAST(a AS INTT)",
            """
            1:11: error: there is no type `INTT`
              1 | CAST(a AS INTT)
                |           ^~~~
                = hint: did you mean `INT`?
            """)
    }

    @Test func habitsOfOtherLanguages() {
        expect(
            "SELECT a FROM t WHERE a == 1",
            """
            1:25: error: expected an operator, found `==`
              1 | SELECT a FROM t WHERE a == 1
                |                         ^~
                = hint: equality is written with one `=`
            """)
        expect(
            "SELECT a FROM t LIMIT 5, 10",
            """
            1:24: error: unexpected `,` after a complete statement
              1 | SELECT a FROM t LIMIT 5, 10
                |                        ^
                = hint: write `LIMIT count OFFSET start`
            """)
        expect(
            "SELECT * FROM t WHERE a = 'it\\'s'",
            """
            1:32: error: unexpected `S` after a complete statement
              1 | SELECT * FROM t WHERE a = 'it\\'s'
                |                                ^
                = hint: a quotation mark in a text is doubled: 'it''s'
            """)
        expect(
            "INSERT INTO my-table VALUE {}",
            """
            1:13: error: a name with a dash must be quoted
              1 | INSERT INTO my-table VALUE {}
                |             ^~~~~~~~
                = hint: write "my-table"
            """)
        expect(
            "SELECT *, a FROM t",
            """
            1:9: error: unexpected `,` after a complete statement
              1 | SELECT *, a FROM t
                |         ^
                = hint: `*` stands alone; name the source instead: `SELECT t.*, …`
            """)
        expect(
            "CREATE TABLE t (id NUMBER PRIMARY KEY)",
            """
            1:27: error: expected `PARTITION KEY` or `SORT KEY`, found `PRIMARY`
              1 | CREATE TABLE t (id NUMBER PRIMARY KEY)
                |                           ^~~~~~~
                = hint: write `PARTITION KEY`, and `SORT KEY` for a second attribute
            """)
        expect(
            "SELECT TOP 5 * FROM t",
            """
            1:12: error: unexpected `5` after a complete statement
              1 | SELECT TOP 5 * FROM t
                |            ^
                = hint: write `LIMIT n` at the end of the query
            """)
    }

    @Test func namesAndStatements() {
        expect(
            "SELECT order FROM t",
            """
            1:8: error: expected an expression, found `ORDER`
              1 | SELECT order FROM t
                |        ^~~~~
                = hint: `ORDER` is a reserved word; to use it as a name, write "order"
            """)
        expect(
            "SELECT * FROM t\nDELETE FROM u",
            """
            2:1: error: unexpected `DELETE` after a complete statement
              2 | DELETE FROM u
                | ^~~~~~
                = hint: is a `;` missing before it?
            """)
        expect(
            "SELECT * FROM t JOIN u",
            """
            1:23: error: expected `ON` and the join's condition, found the end of the text
              1 | SELECT * FROM t JOIN u
                |                       ^
                = hint: write `CROSS JOIN` to pair everything
            """)
        expect(
            "SELECT foo[*] FROM foo",
            """
            1:11: error: `[*]` cannot stand in an item of SELECT without an alias
              1 | SELECT foo[*] FROM foo
                |           ^~~
                = hint: write `SELECT VALUE …`, or give the item a name with `AS`
            """)
    }

    @Test func time() {
        expect(
            "SELECT * FROM t alias AS OF LATEST",
            """
            1:23: error: expected the alias behind the time, found `AS`
              1 | SELECT * FROM t alias AS OF LATEST
                |                       ^~
                = hint: write `table AS OF time alias`
            """)
        expect(
            "RESTORE TABLE t TO u AS OF '2026-01-01'",
            """
            1:22: error: expected `AT` and a time, found `AS`
              1 | RESTORE TABLE t TO u AS OF '2026-01-01'
                |                      ^~
                = hint: reading the past is `AS OF`, restoring it is `AT`
            """)
        expect(
            "SELECT DATE '2026-02-30'",
            """
            1:22: error: there is no such date: dates are written `YYYY-MM-DD`
              1 | SELECT DATE '2026-02-30'
                |                      ^~
            """)
    }

    @Test func charactersAndQuotes() {
        expect(
            "SELECT 'it\\'s' FROM t",
            """
            1:14: error: the text that starts here has no closing `'`
              1 | SELECT 'it\\'s' FROM t
                |              ^
                = hint: a quotation mark in a text is doubled: 'it''s'
            """)
        expect(
            "SELECT “a” FROM t",
            """
            1:8: error: unexpected typographic quotation mark
              1 | SELECT “a” FROM t
                |        ^
                = hint: quote text with ' and names with "
            """)
        expect(
            "SELECT a → b",
            """
            1:10: error: unexpected character `→` (U+2192)
              1 | SELECT a → b
                |          ^
            """)
        expect(
            "SELECT 0x1F",
            """
            1:8: error: `0x1F` is neither a number nor a name
              1 | SELECT 0x1F
                |        ^~~~
                = hint: write it as an Ion literal: `0x1F`
            """)
        expect(
            "SELECT 1 /* open",
            """
            1:10: error: the comment that starts here has no closing `*/`
              1 | SELECT 1 /* open
                |          ^
            """)
    }

    @Test func codes() {
        #expect(faultCode("SELECT 'a") == .unterminatedText)
        #expect(faultCode("SELECT “a”") == .invalidCharacter)
        #expect(faultCode("SELECT 1x") == .invalidLiteral)
        #expect(faultCode("SELECT `[`") == .invalidIon)
        #expect(faultCode("SELECT 1e200") == .numberOutOfRange)
        #expect(faultCode("SELECT TIME '25:00:00'") == .invalidTime)
        #expect(faultCode("CAST(a AS INTT)") == .unknownType)
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
        for code in DiagnosticCode.allCases {
            #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber })
            if let name = code.exceptionName { #expect(name.hasSuffix("Exception")) }
        }
    }
}
