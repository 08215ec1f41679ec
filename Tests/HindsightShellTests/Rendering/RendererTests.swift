import HindsightValues
import Testing

@testable import HindsightShell

/// What a mode prints for some rows.
private func rendered(
    _ mode: OutputMode, _ rows: [Value], columns: [String]? = nil, width: Int? = nil
) throws -> String {
    let output = TextOutput.memory()
    var renderer = mode.renderer(width: width)
    renderer.begin(columns: columns, output)
    for row in rows { try renderer.add(row, output) }
    try renderer.end(output)
    return output.takeText()
}

private func row(_ fields: KeyValuePairs<String, Value>) -> Value {
    .structure(Structure(fields: fields.map { .init(name: $0.key, value: $0.value) }))
}

private let music = [
    row(["Artist": .string("坂本龍一"), "Year": .int(1983), "Tags": .list([.string("piano")])]),
    row(["Artist": .string("Björk"), "Year": .null]),
    row(["Artist": .string("🦆"), "Year": .int(7), "Note": .string("")]),
]

struct TableRendererTests {
    @Test func alignsByDisplayWidth() throws {
        #expect(
            try rendered(.table, music) == """
                ┌──────────┬──────┬───────────┬──────┐
                │ Artist   │ Year │ Tags      │ Note │
                ├──────────┼──────┼───────────┼──────┤
                │ 坂本龍一 │ 1983 │ ['piano'] │      │
                │ Björk    │ NULL │           │      │
                │ 🦆       │    7 │           │ ''   │
                └──────────┴──────┴───────────┴──────┘

                """)
    }

    @Test func namesWhatIsMissingWhereTheStatementNamesTheColumn() throws {
        #expect(
            try rendered(
                .table, [row(["b": .null]), row(["a": .string("NULL"), "b": .bool(true)])], columns: ["a", "b"]) == """
                    ┌─────────┬──────┐
                    │ a       │ b    │
                    ├─────────┼──────┤
                    │ MISSING │ NULL │
                    │ 'NULL'  │ true │
                    └─────────┴──────┘

                    """)
    }

    @Test func cutsTheWidestColumnsToTheTerminal() throws {
        let rows = [row(["id": .int(1), "text": .string("a long text that will not fit")])]
        #expect(
            try rendered(.table, rows, width: 30) == """
                ┌────┬───────────────────────┐
                │ id │ text                  │
                ├────┼───────────────────────┤
                │  1 │ a long text that wil… │
                └────┴───────────────────────┘

                """)
    }

    @Test func cutsWideCharactersWhole() throws {
        let text = try rendered(.table, [row(["name": .string("坂本龍一坂本龍一")])], width: 13)
        #expect(text.split(separator: "\n")[3] == "│ 坂本龍一… │")
        let narrower = try rendered(.table, [row(["name": .string("坂本龍一坂本龍一")])], width: 12)
        #expect(narrower.split(separator: "\n")[3] == "│ 坂本龍…  │")
    }

    @Test func isWholeWithoutATerminal() throws {
        let long = String(repeating: "x", count: 300)
        #expect(try rendered(.table, [row(["a": .string(long)])]).contains("│ \(long) │"))
    }

    @Test func turnsToLinesWhereColumnsWouldBeTooNarrow() throws {
        let names = (1...8).map { "column\($0)" }
        let wide = Value.structure(Structure(fields: names.map { .init(name: $0, value: .string("some text")) }))
        let text = try rendered(.table, [wide], width: 40)
        #expect(text.hasPrefix("column1 = some text\ncolumn2 = some text\n"))
    }

    @Test func showsValuesThatAreNoStructsInOneColumn() throws {
        #expect(
            try rendered(.table, [.int(1), .missing, row(["a": .int(2)])]) == """
                ┌──────────┐
                │ VALUE    │
                ├──────────┤
                │ 1        │
                │ MISSING  │
                │ {'a': 2} │
                └──────────┘

                """)
    }

    @Test func givesRepeatedNamesAColumnEach() throws {
        let text = try rendered(.table, [row(["a": .int(1), "a": .int(2)]), row(["a": .int(3)])])
        #expect(text.contains("│ a │ a │"))
        #expect(text.contains("│ 1 │ 2 │"))
        #expect(text.contains("│ 3 │   │"))
    }

    @Test func keepsNamesThatDifferInNormalisationApart() throws {
        let text = try rendered(.table, [row(["\u{E9}": .int(1), "e\u{301}": .int(2)])])
        #expect(text.contains("│ 1 │ 2 │"))
    }

    @Test func writesControlsAsEscapes() throws {
        let text = try rendered(.table, [row(["a": .string("x\ny\u{1B}[2J\u{9B}z\r\n")])])
        #expect(text.contains("│ x\\ny\\u{1b}[2J\\u{9b}z\\r\\n │"))
    }

    @Test func drawsALongResultAsSeveralBoxes() throws {
        let rows = (0...TableRenderer.rowsPerBox).map { row(["n": .int(Int64($0))]) }
        let text = try rendered(.table, rows)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("┌") } == 2)
        #expect(text.hasSuffix("│ \(TableRenderer.rowsPerBox) │\n└──────┘\n"))
    }

    @Test func drawsNothingForNoRows() throws {
        #expect(try rendered(.table, [], columns: ["a"]) == "")
    }
}

struct LineRendererTests {
    @Test func printsAnAttributeALine() throws {
        #expect(
            try rendered(.line, music) == """
                Artist = 坂本龍一
                  Year = 1983
                  Tags = ['piano']

                Artist = Björk
                  Year = NULL

                Artist = 🦆
                  Year = 7
                  Note = ''

                """)
    }

    @Test func namesWhatIsMissing() throws {
        #expect(try rendered(.line, [row(["b": .int(1)])], columns: ["a", "b"]) == "a = MISSING\nb = 1\n")
    }
}

struct JSONRendererTests {
    @Test func printsAnArray() throws {
        #expect(try rendered(.json, [row(["a": .int(1)]), .null]) == "[\n{\"a\":1},\nnull\n]\n")
        #expect(try rendered(.json, []) == "[]\n")
    }

    @Test func printsALineEach() throws {
        let exact = try Number.parse("0.1234567890123456789012345678901234567")
        #expect(
            try rendered(.jsonl, [row(["a": .decimal(exact)]), .int(2)])
                == "{\"a\":0.1234567890123456789012345678901234567}\n2\n")
    }
}

struct CSVRendererTests {
    @Test func quotesByRFC4180() throws {
        let rows = [
            row(["a": .string("x,y"), "b": .string("say \"hi\""), "c": .string("two\r\nlines")]),
            row(["a": .string("plain"), "b": .int(-1), "c": .list([.int(1), .string("q")])]),
        ]
        #expect(
            try rendered(.csv, rows)
                == "a,b,c\r\n\"x,y\",\"say \"\"hi\"\"\",\"two\r\nlines\"\r\nplain,-1,\"[1,\"\"q\"\"]\"\r\n")
    }

    @Test func tellsAbsentValuesFromTexts() throws {
        let rows = [row(["a": .null, "b": .string("NULL")]), row(["b": .string("")])]
        #expect(try rendered(.csv, rows) == "a,b\r\nNULL,\"NULL\"\r\n,\"\"\r\n")
    }

    @Test func writesTheHeaderOfFixedColumnsAtOnce() throws {
        #expect(try rendered(.csv, [], columns: ["a", "b"]) == "a,b\r\n")
    }

    @Test func quotesBesideCombiningMarks() throws {
        #expect(try rendered(.csv, [.string("\"\u{301},")]) == "VALUE\r\n\"\"\"\u{301},\"\r\n")
    }

    @Test func refusesAnAttributeThatTheHeaderDoesNotName() throws {
        var rows = (0..<CSVRenderer.rowsForHeader).map { row(["n": .int(Int64($0))]) }
        rows.append(row(["n": .int(1), "late": .int(2)]))
        #expect {
            try rendered(.csv, rows)
        } throws: {
            ($0 as? RenderError)?.message.contains("'late'") == true
        }
    }
}
