/// The arguments, or what they name, are wrong.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the command line asks for.
struct Arguments {
    static let usage = """
        usage: pq-conformance DIR… [--json]
        Runs every case of the folders in each of its modes; prints passes by category and the failures.
        --json  prints one JSON object on the standard output, and the summary on the standard error
        """

    private(set) var folders: [String] = []
    private(set) var printsJSON = false

    init(_ words: [String]) throws(UsageError) {
        for word in words {
            if word == "--json" {
                printsJSON = true
            } else if word.hasPrefix("-") {
                throw UsageError("no option '\(word)'")
            } else {
                folders.append(word)
            }
        }
        if folders.isEmpty { throw UsageError("no folder of cases is named") }
    }
}
