import HindsightQuery
import HindsightStorage
import HindsightSyntax
import HindsightValues
import Testing

/// Tables of the guide that are made from the code.
@Suite(.serialized) struct GuideTableTests {
    @Test func everyFunctionIsNamed() throws {
        let functions = FunctionTable.all.filter { $0.dialect != .dynamodb }
        let rows = functions.map { function in
            let aliases = function.aliases.isEmpty ? "" : " (\(function.aliases.joined(separator: ", ")))"
            return "| `\(function.signature)`\(aliases) | \(cell(function.summary)) | `\(cell(example(function)))` |"
        }
        try expect(["| function | gives | example |", "| --- | --- | --- |"] + rows, at: "functions")
    }

    /// The backticks of Ion would end the code that the example is shown as.
    private func example(_ function: Function) -> String {
        "\(function.example.call) = \(function.example.result)".replacing("`", with: "")
    }

    private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    private func expect(_ table: [String], at mark: String) throws {
        var page = try Guide.page("Functions")
        let marks = page.lines.indices.filter { page.lines[$0].hasPrefix("<!-- \(mark)") }
        try #require(marks.count == 2)
        guard Guide.isRewriting else {
            let shown = Array(page.lines[marks[0] + 1..<marks[1]])
            #expect(shown == table)
            return
        }
        page.lines.replaceSubrange(marks[0] + 1..<marks[1], with: table)
        try page.write()
    }

    // MARK: Casts

    private static let types = [
        "BOOL", "TINYINT", "INT", "DECIMAL", "DECIMAL(3,1)", "FLOAT", "STRING", "CHAR(3)", "VARCHAR(3)", "SYMBOL",
        "DATE",
        "TIME", "TIMESTAMP", "TIMESTAMP(0) WITH TIME ZONE", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "BLOB",
        "CLOB", "LIST", "BAG", "SEXP", "STRUCT",
    ]

    private static let samples: [(kind: String, values: [String])] = [
        ("bool", ["true", "false"]), ("int", ["0", "7", "-70000"]), ("decimal", ["2.5", "1234.5678", "0."]),
        ("float", ["`2.5e0`", "`nan`", "`1e300`"]),
        (
            "string",
            [
                "'true'", "'12'", "'2.5'", "'2026-05-01'", "'12:30:00'", "'2026-05-01T12:30:00Z'", "'1-2'",
                "'1 02:03:04'", "'a'",
            ]
        ),
        ("symbol", ["`true`", "`'12'`", "`'2026-05-01'`", "`a`"]), ("date", ["DATE '2026-05-01'"]),
        ("time", ["TIME '12:30:00.5'"]),
        ("timestamp", ["TIMESTAMP '2026-05-01 12:30:00.5'", "TIMESTAMP '2026-05-01 12:30:00+02:00'"]),
        ("interval of months", ["INTERVAL '1-2' YEAR TO MONTH"]),
        ("interval of seconds", ["INTERVAL '1 02:03:04.5' DAY TO SECOND"]), ("blob", ["`{{aGk=}}`", "`{{/w==}}`"]),
        ("clob", ["`{{\"hi\"}}`"]), ("list", ["[]", "[1, 'a']"]), ("bag", ["<<1>>"]), ("sexp", ["`(a)`"]),
        ("struct", ["{'a': 1}"]),
    ]

    @Test func castsAreThoseOfTheCode() throws {
        let session = try Self.session(.permissive)
        var table = [
            "| from \\ to | \(Self.types.joined(separator: " | ")) |",
            "| --- |" + String(repeating: " --- |", count: Self.types.count),
        ]
        for (kind, values) in Self.samples {
            let cells = try Self.types.map { type in
                let casts = try values.filter { try session.answer("CAN_CAST(\($0) AS \(type))") == "true" }
                let lossless = try values.filter { try session.answer("CAN_LOSSLESS_CAST(\($0) AS \(type))") == "true" }
                for value in casts { #expect(try session.answer("CAST(\(value) AS \(type)) IS MISSING") == "false") }
                if lossless.count == values.count { return "=" }
                return casts.count == values.count ? "+" : casts.isEmpty ? "" : "some"
            }
            table.append("| \(kind) | \(cells.joined(separator: " | ")) |")
        }
        try expect(table, at: "casts")
    }

    // MARK: Absent values

    private static let operations = [
        "X + 1", "-X", "X || 'a'", "X = 1", "X <> 1", "X < 1", "X = X", "X IS NULL", "X IS MISSING", "X IS INT",
        "NOT X",
        "X AND true", "X AND false", "X OR true", "X OR false", "X IN [1]", "1 IN [X]", "1 IN [1, X]", "1 IN X",
        "X BETWEEN 1 AND 2", "X LIKE 'a'", "CASE WHEN X THEN 1 ELSE 2 END", "CASE X WHEN X THEN 1 ELSE 2 END",
        "COALESCE(X, 1)", "NULLIF(X, 1)", "NULLIF(1, X)", "CAST(X AS INT)", "CAN_CAST(X AS INT)", "[X]", "<<X>>",
        "{'a': X}", "X.a", "X[0]", "LOWER(X)", "SIZE(X)", "GREATEST(1, X)", "COLL_SUM([1, X])", "COLL_COUNT([1, X])",
    ]

    @Test func absentValuesGiveWhatTheGuideSays() throws {
        let permissive = try Self.session(.permissive)
        let strict = try Self.session(.strict)
        var table = ["| operation | X is NULL | X is MISSING |", "| --- | --- | --- |"]
        for operation in Self.operations {
            let cells = try ["NULL", "MISSING"].map { absent in
                let expression = operation.replacing("X", with: absent)
                let answer = try permissive.answer(expression)
                #expect(try strict.answer(expression) == answer)
                return answer
            }
            table.append("| `\(cell(operation))` | \(cells.joined(separator: " | ")) |")
        }
        try expect(table, at: "absent")
    }

    private static func session(_ typing: TypingMode) throws -> Session {
        Session(provider: StorageProvider(store: try Store.inMemory()), options: SessionOptions(typing: typing))
    }
}

extension Session {
    /// The value of an expression as a literal.
    fileprivate func answer(_ expression: String) throws -> String {
        guard case .value(let value) = try execute(expression) else { return "" }
        return value.description
    }
}
