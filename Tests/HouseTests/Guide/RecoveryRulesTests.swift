import Foundation
import Testing

/// Every rule of DynamoDB's point-in-time recovery is shown by a script named after it, or the guide says why it is not.
struct RecoveryRulesTests {
    private static let page = "RecoveryRules"
    private static let folder = "Tests/Scripts/pitr"
    private static let rules = 1...91

    @Test func everyRuleIsAnswered() throws {
        let answers = try Self.answers()
        #expect(answers.flatMap(\.rules).sorted() == Array(Self.rules))
        for answer in answers where answer.script == nil {
            #expect(!answer.text.isEmpty, "rule \(answer.rules) has neither a script nor a reason")
        }
    }

    @Test func everyScriptOfTheTableIsThereAndNamedAfterItsRules() throws {
        let scripts = Set(try Self.scripts())
        for answer in try Self.answers() {
            guard let script = answer.script else { continue }
            let name = try #require(script.split(separator: "/").last.map(String.init))
            #expect(scripts.contains(name), "there is no script \(script)")
            let stated = try Self.rules(ofScript: name) + Self.rulesStated(in: name)
            #expect(answer.rules.allSatisfy(stated.contains), "\(script) says nothing of \(answer.rules)")
        }
    }

    @Test func everyScriptIsInTheTableAndStatesItsRules() throws {
        let shown = Set(try Self.answers().compactMap(\.script))
        for script in try Self.scripts() {
            #expect(shown.contains(script), "\(script) is not on the page \(Self.page)")
            let stated = try Self.rulesStated(in: script)
            #expect(try stated.contains(Self.rules(ofScript: script)[0]), "\(script) does not begin with its rule")
        }
    }

    /// A row of the table: rules, what is so, and the script that shows it.
    private struct Answer {
        let rules: [Int]
        let text: String
        let script: String?
    }

    private static func answers() throws -> [Answer] {
        try Guide.page(page).rows.compactMap { cells in
            guard cells.count == 3, cells[0].first?.isNumber == true else { return nil }
            let script = cells[2].firstMatch(of: /`([^`]+)`/).map { String($0.1) + ".pq" }
            return Answer(rules: try numbers(in: cells[0]), text: cells[1], script: script)
        }
    }

    private static func scripts() throws -> [String] {
        let paths = Repository.files(under: folder, ending: ".pq")
        try #require(!paths.isEmpty)
        return paths.map { String($0.dropFirst(folder.count + 1)) }
    }

    /// `row-01-…` is rule 1, `rows-02-03-…` are the rules 2 to 3.
    private static func rules(ofScript name: String) throws -> [Int] {
        let match = try #require(name.wholeMatch(of: /rows?-([0-9]+)(?:-([0-9]+))?-[a-z].*\.pq/), "\(name)")
        let first = try #require(Int(match.1))
        let last = match.2.flatMap { Int($0) } ?? first
        return Array(first...max(first, last))
    }

    /// The numbers in the first line, `-- Row 7: …` or `-- Rows 13 to 15: …`.
    private static func rulesStated(in script: String) throws -> [Int] {
        let line = try Repository.text("\(folder)/\(script)").prefix { $0 != "\n" }
        return line.matches(of: /Rows? ([0-9]+)(?: (?:and|to) ([0-9]+))?/).flatMap { match in
            [match.1, match.2 ?? match.1].compactMap { Int($0) }
        }
    }

    /// `7`, or `13–15`, or several of them with commas between.
    private static func numbers(in cell: String) throws -> [Int] {
        try cell.split(separator: ",").flatMap { part in
            let ends = try part.split(separator: "–").map { end in
                try #require(Int(end.trimmingCharacters(in: .whitespaces)), "\(cell)")
            }
            return Array(ends[0]...ends[ends.count - 1])
        }
    }
}
