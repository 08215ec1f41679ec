import Testing

/// Answers that the guide shows stand in scripts, which other tests run.
struct GuideScriptTests {
    private static let folder = "Tests/Scripts/guide"
    private static let answer = "-->"

    @Test func answersAreThoseOfTheScripts() throws {
        let scripts = try Repository.files(under: Self.folder, ending: ".pq").map { path in
            try Repository.text(path).components(separatedBy: "\n" as Character)
        }
        #expect(!scripts.isEmpty)
        for page in try Guide.pages() {
            var page = page
            // From the last block up, so that a block may grow or shrink.
            for block in page.blocks("sql").reversed() {
                let shown = Array(page.lines[block])
                guard shown.contains(where: { $0.hasPrefix(Self.answer) }) else { continue }
                let found = scripts.lazy.compactMap { excerpt(of: $0, like: shown) }.first
                let actual = try #require(found, "\(page.name): no script of the guide has\n\(shown.first ?? "")")
                if Guide.isRewriting { page.lines.replaceSubrange(block, with: actual) }
                #expect(shown == actual || Guide.isRewriting, "\(page.name): not what the script prints")
            }
            if Guide.isRewriting { try page.write() }
        }
    }

    /// The lines of a script whose statements are those that are shown, with the answers that they have there.
    private func excerpt(of script: [String], like shown: [String]) -> [String]? {
        let wanted = shown.filter(isStatement)
        for start in script.indices where script[start] == wanted.first {
            var excerpt: [String] = []
            var rest = wanted[...]
            for line in script[start...] {
                if isStatement(line) {
                    guard let next = rest.first, next == line else { break }
                    rest.removeFirst()
                }
                if !line.hasPrefix("-- ") { excerpt.append(line) }
            }
            guard rest.isEmpty else { continue }
            return Self.spaced(excerpt, like: shown)
        }
        return nil
    }

    private func isStatement(_ line: String) -> Bool {
        !line.isEmpty && !line.hasPrefix("--")
    }

    /// A page may leave out the empty lines between statements; a script has them.
    private static func spaced(_ excerpt: [String], like shown: [String]) -> [String] {
        if shown.contains("") { return Array(excerpt.reversed().drop { $0.isEmpty }.reversed()) }
        return excerpt.filter { !$0.isEmpty }
    }
}

extension String {
    fileprivate func components(separatedBy separator: Character) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
