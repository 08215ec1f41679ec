import HindsightKeyValue
import HindsightQuery
import HindsightStorage
import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightShell

/// The guide names what there is.
struct GuideContentTests {
    @Test func everyPageIsReachedFromTheStartPage() throws {
        let start = try Guide.page(Guide.startPage)
        for page in try Guide.pages() where page.name != Guide.startPage {
            #expect(start.text.contains("- <doc:\(page.name)>"), "\(page.name) is not among the topics")
        }
    }

    @Test func everyStatementIsNamed() throws {
        let text = try Guide.page("Language").text + Guide.page("TimeTravel").text
        let phrases = try Grammar(Repository.text("grammar/pq.ebnf")).statementPhrases
        #expect(phrases.count > 30)
        for phrase in phrases {
            #expect(text.contains(phrase), "\(phrase) is not in the guide")
        }
    }

    @Test func everyWindowFunctionIsNamed() throws {
        let lines = try Guide.page("Language").lines
        for function in WindowFunction.all {
            let signature = function.signature.replacing(" OVER (…)", with: "")
            #expect(lines.contains("| `\(signature)` | \(function.summary) |"), "\(signature)")
        }
    }

    @Test func everyOptionAndDotCommandIsNamed() throws {
        let page = try Guide.page("Shell")
        let commands = page.rows.map { $0[0] }.filter { $0.hasPrefix("`.") }
        for command in DotCommand.all {
            #expect(
                commands.contains { $0.contains("`\(command.name)`") || $0.contains("`\(command.name) ") },
                "\(command.name)")
        }
        let options = page.rows.map { $0[0] }.filter { $0.hasPrefix("`-") }
        for option in CommandLineOption.all {
            #expect(
                options.contains { $0.contains("`\(option.name)`") || $0.contains("`\(option.name) ") },
                "\(option.name)")
        }
        #expect(commands.count + 1 == DotCommand.all.count && options.count == CommandLineOption.all.count)
    }

    /// Names on the page that are of the examples or of Swift.
    private static let others: Set<String> = ["Books", "Title", "RawSpan"]

    /// `Type`, `Type.member` and `Type.method(_:)` on the page are in the code.
    @Test func theLifeOfAStatementNamesWhatThereIs() throws {
        let sources = try Repository.files(under: "Sources", ending: ".swift")
            .map { try Repository.text($0) }.joined(separator: "\n")
        let declared = Set(
            sources.matches(of: /(?:struct|class|enum|protocol|func|var|let|case|typealias) `?([A-Za-z]+)/)
                .map { String($0.1) }
        )
        .union(Self.others)
        let page = try Guide.page("LifeOfAStatement")
        var count = 0
        for match in page.text.matches(of: /[^`]`([A-Z][a-z][A-Za-z]+)(?:\.([a-z][A-Za-z]+))?(?:\([a-zA-Z_:]*\))?`[^`]/)
        {
            count += 1
            let isKnown = declared.contains(String(match.1)) || isPlace(match.1)
            #expect(isKnown, "\(match.0)")
            if let member = match.2, member != "swift" {
                let isDeclared = declared.contains(String(member))
                #expect(isDeclared, "\(match.0)")
            }
        }
        #expect(count > 60)
    }

    /// Folders and files of the sources are named on the page as well.
    private func isPlace(_ name: Substring) -> Bool {
        Repository.files(under: "Sources", ending: ".swift").contains {
            $0.contains("/\(name)/") || $0.hasSuffix("/\(name).swift")
        }
    }

    @Test func limitsAreThoseOfTheCode() throws {
        let shown = try Guide.page("GuaranteesAndLimits").rows
        let environment = EnvironmentOptions()
        let limits: [(what: String, limit: Int)] = [
            ("size of an item", Document.maximumItemSize),
            ("value of a partition key", Limits.partitionKeyBytes),
            ("value of a sort key", Limits.sortKeyBytes),
            ("name of an attribute", Document.maximumNameLength),
            ("nesting of a value in an item", Document.maximumNesting),
            ("nesting of a statement", Parser.maximumNesting),
            ("parts of the queries of a statement", Parser.maximumQueryParts),
            ("length of a statement", Int(Int32.max) - 1),
            ("digits of a number", Number.maximumDigits),
            ("name of a table", Limits.tableNameBytes),
            ("name of a restore point", Limits.restorePointNameBytes),
            ("retention", Limits.retentionDays.lowerBound),
            ("text kept with a commit", Limits.statementTextBytes),
            ("commits that share a sync", Limits.commitGroup),
            ("restored tables read through one another", Limits.forkDepth),
            ("memory of a statement", ExecutionContext.defaultMemoryLimit),
            ("size of the file", environment.mapByteCount),
            ("readers at one time", environment.maximumReaders),
        ]
        for (what, limit) in limits {
            let row = try #require(shown.first { $0.first == what }, "no limit \"\(what)\"")
            let number = row[1].prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
            #expect(Int(number) == limit, "\(what)")
        }
        #expect(
            shown.contains { $0.first == "retention" && $0[1].contains("to \(Limits.retentionDays.upperBound) days") })
    }

    @Test func errorsThatTheGuideNamesAreErrors() throws {
        let codes = Set(DiagnosticCode.allCases.map(\.rawValue))
        let names = Set(DiagnosticCode.allCases.compactMap(\.exceptionName) + ["TableNotFoundException"])
        for row in try Guide.page("GuaranteesAndLimits").rows where row.count == 3 && row[2].hasPrefix("`") {
            #expect(codes.contains(row[2].filter { $0 != "`" }), "\(row[2])")
        }
        for page in try Guide.pages() {
            for match in page.text.matches(of: /`([A-Z][A-Za-z]+Exception)`/) {
                #expect(names.contains(String(match.1)), "\(page.name): \(match.1)")
            }
        }
    }
}

extension Grammar {
    /// The words that each statement starts with: `CREATE TABLE`, `INSERT`, `UPSERT`.
    var statementPhrases: [String] {
        (rules["statement"]?.contents.rules ?? []).filter { $0 != "query" }.sorted().flatMap { name in
            rules[name].map(Self.phrases) ?? []
        }
    }

    /// The keywords at the beginning of a term, up to the first that is not always there.
    private static func phrases(_ term: Term) -> [String] {
        switch term {
        case .quoted(let word): return [word]
        case .choice(let alternatives): return alternatives.flatMap(phrases)
        case .rule, .repeated: return []
        case .sequence(let terms):
            var first = phrases(terms[0])
            for case .quoted(let word) in terms.dropFirst().prefix(while: \.isQuoted) {
                first = first.map { "\($0) \(word)" }
            }
            return first
        }
    }
}

extension Grammar.Term {
    fileprivate var isQuoted: Bool {
        if case .quoted = self { true } else { false }
    }
}
