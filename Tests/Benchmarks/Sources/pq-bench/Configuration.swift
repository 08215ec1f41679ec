/// What a run measures.
struct Configuration {
    /// Documents in the table.
    var count = 100_000
    /// Repetitions of each piece of work; medians are reported.
    var rounds = 3
    /// Documents a transaction in bulk work.
    var batch = 1_000
    /// Whether the report is JSON alone.
    var jsonOnly = false
    /// Names of the groups of work to run; empty for all.
    var only: Set<String> = []
    /// The `pq` executable whose start is timed, if any.
    var shell: String?

    static let usage = """
        usage: pq-bench [--count N] [--rounds N] [--only write,read,analytic,durable,start,syntax,hard] [--pq PATH]
                        [--json]
        """

    init?(arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--json": jsonOnly = true
            case "--count", "--rounds":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                if option == "--count" { count = number } else { rounds = number }
            case "--only":
                guard let names = rest.popFirst() else { return nil }
                only = Set(names.split(separator: ",").map(String.init))
            case "--pq":
                guard let path = rest.popFirst() else { return nil }
                shell = path
            default: return nil
            }
        }
    }

    func includes(_ group: String) -> Bool {
        only.isEmpty || only.contains(group)
    }
}
