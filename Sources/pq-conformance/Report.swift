import Foundation

/// What came of all runs, counted by category.
struct Report {
    private let runs: [CaseRun]
    private let outcomes: [Outcome]

    /// - Parameter outcomes: one for each run, in their order.
    init(runs: [CaseRun], outcomes: [Outcome]) {
        self.runs = runs
        self.outcomes = outcomes
    }

    var passed: Int { outcomes.count { $0.isPass } }
    var failed: Int { outcomes.count - passed }
    var summary: String { "\(passed) passed, \(failed) failed" }

    private var failures: [(run: CaseRun, found: String)] {
        zip(runs, outcomes).filter { !$1.isPass }.map { ($0, $1.found) }
    }

    private struct Category: Encodable {
        let name: String
        var passed = 0
        var failed = 0
    }

    private var categories: [Category] {
        var categories: [String: Category] = [:]
        for (run, outcome) in zip(runs, outcomes) {
            var category = categories[run.category] ?? Category(name: run.category)
            if outcome.isPass { category.passed += 1 } else { category.failed += 1 }
            categories[run.category] = category
        }
        return categories.values.sorted { $0.name < $1.name }
    }

    /// A line for each category, then three for each failure: its id and mode, the statement, what came.
    var text: String {
        let categories = categories
        let width = categories.map(\.name.count).max() ?? 0
        var lines = categories.map { category in
            let name = category.name.padding(toLength: width, withPad: " ", startingAt: 0)
            return "\(name)  \(category.passed) passed, \(category.failed) failed"
        }
        for (run, found) in failures {
            lines.append("\(run.id) \(run.mode.rawValue) \(run.category)")
            lines.append("    \(Report.oneLine(run.statement))")
            lines.append("    found \(Report.oneLine(found))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let longestLine = 400

    private static func oneLine(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return words.count > longestLine ? words.prefix(longestLine) + "…" : words
    }

    /// All of it as one JSON object.
    var json: String {
        struct Failure: Encodable {
            let id, mode, category, statement, found: String
        }
        struct Document: Encodable {
            let categories: [Category]
            let failures: [Failure]
            let passed, failed: Int
        }
        let document = Document(
            categories: categories,
            failures: failures.map { run, found in
                Failure(
                    id: run.id, mode: run.mode.rawValue, category: run.category, statement: run.statement, found: found)
            },
            passed: passed, failed: failed)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(document)) ?? Data()
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
