// A notebook on the command line that forgets nothing: a small program on Hindsight.
//
//     swift run notes my.hsdb add 'Buy milk #shopping'
//     swift run notes my.hsdb list
//     swift run notes my.hsdb undo

import Hindsight

let usage = "usage: notes FILE add TEXT | edit ID TEXT | remove ID | list [VERSION] | version | undo"

func run(_ arguments: [String]) throws -> String? {
    guard arguments.count >= 2 else { return nil }
    let notebook = try Notebook(path: arguments[0])
    switch (arguments[1], Array(arguments.dropFirst(2))) {
    case ("add", let words) where words.count == 1:
        return "note \(try notebook.add(words[0]).id) added"
    case ("edit", let words) where words.count == 2:
        guard let id = Int(words[0]) else { return nil }
        return try notebook.edit(id, words[1]) ? "note \(id) changed" : "there is no note \(id)"
    case ("remove", let words) where words.count == 1:
        guard let id = Int(words[0]) else { return nil }
        return try notebook.remove(id) ? "note \(id) removed" : "there is no note \(id)"
    case ("list", let words) where words.count <= 1:
        return lines(try notebook.notes(atVersion: words.first.flatMap(UInt64.init)))
    case ("version", []):
        return "\(try notebook.version())"
    case ("undo", []):
        return "\(try notebook.undo()) taken back"
    default: return nil
    }
}

func lines(_ notes: [Note]) -> String {
    notes.map { "\($0.id)  \($0.text)" + ($0.tags.isEmpty ? "" : "  [\($0.tags.joined(separator: ", "))]") }
        .joined(separator: "\n")
}

do {
    print(try run(Array(CommandLine.arguments.dropFirst())) ?? usage)
} catch let error as DatabaseError {
    print("error: \(error.message)")
}
