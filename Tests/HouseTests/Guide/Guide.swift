import Foundation

/// The DocC catalogue: its pages as lines of text.
struct Guide {
    static let folder = "Sources/Hindsight/Hindsight.docc"
    static let startPage = "Hindsight"

    /// Set in the environment, the tests write what the guide should show into its pages, as far as they can.
    static let isRewriting = ProcessInfo.processInfo.environment["HINDSIGHT_REWRITE_GUIDE"] != nil

    struct Page {
        let name: String
        var lines: [String]

        var path: String { "\(Guide.folder)/\(name).md" }
        var text: String { lines.joined(separator: "\n") }

        init(path: String) throws {
            name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            lines = try Repository.text(path).components(separatedBy: "\n")
        }

        func write() throws {
            try text.write(to: Repository.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
        }

        /// The lines inside fenced code blocks of a language, as ranges.
        func blocks(_ language: String) -> [Range<Int>] {
            var blocks: [Range<Int>] = []
            var start: Int?
            for (index, line) in lines.enumerated() where line.hasPrefix("```") {
                if let opened = start {
                    if lines[opened - 1] == "```" + language { blocks.append(opened..<index) }
                    start = nil
                } else {
                    start = index + 1
                }
            }
            return blocks
        }

        /// The cells of all table rows.
        var rows: [[String]] {
            lines.filter { $0.hasPrefix("| ") }.map { line in
                line.replacing("\\|", with: "¦").split(separator: "|", omittingEmptySubsequences: false)
                    .dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
            }
        }
    }

    static func pages() throws -> [Page] {
        try Repository.files(under: folder, ending: ".md").map { try Page(path: $0) }
    }

    static func page(_ name: String) throws -> Page {
        try Page(path: "\(folder)/\(name).md")
    }
}
