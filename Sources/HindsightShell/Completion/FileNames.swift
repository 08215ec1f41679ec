/// Names of files as arguments.
enum FileNames {
    static func completions(_ typed: String) -> Completions {
        let slash = typed.lastIndex(of: "/")
        let folder = slash.map { String(typed[...$0]) } ?? ""
        let beginning = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
        let names = FileSystem.names(in: folder.isEmpty ? "." : folder)
            .filter { $0.hasPrefix(beginning) && (!$0.hasPrefix(".") || beginning.hasPrefix(".")) }
        let candidates = names.map { name in
            Completions.Candidate(folder + name, terminator: FileSystem.isDirectory(folder + name) ? "/" : "")
        }
        return Completions(typed: typed, candidates: candidates)
    }
}
