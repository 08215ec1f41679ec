import Foundation
import Testing

/// The files made from the grammar and the tables in the code are what these make of them now.
///
///     HINDSIGHT_REWRITE_GRAMMAR=1 swift test --filter DerivedFilesTests
///
/// makes them anew, the drawings included.
struct DerivedFilesTests {
    private static let command = "HINDSIGHT_REWRITE_GRAMMAR=1 swift test --filter DerivedFilesTests"
    private static let isRewriting = ProcessInfo.processInfo.environment["HINDSIGHT_REWRITE_GRAMMAR"] != nil

    private func expect(
        _ text: String, in path: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        if Self.isRewriting {
            try text.write(to: Repository.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
        } else {
            #expect(
                try Repository.text(path).utf8.elementsEqual(text.utf8),
                "\(path) is stale; run: \(Self.command)", sourceLocation: sourceLocation)
        }
    }

    @Test func editorGrammar() throws {
        let grammar = try Grammar(Repository.text("grammar/pq.ebnf"))
        try expect(try TextMateGrammar(grammar: grammar).json(), in: "grammar/pq.tmLanguage.json")
    }

    /// Every pattern is one that an editor can compile.
    @Test func editorPatternsCompile() throws {
        let grammar = try Grammar(Repository.text("grammar/pq.ebnf"))
        let document = try JSONSerialization.jsonObject(with: Data(TextMateGrammar(grammar: grammar).json().utf8))
        var open: [Any] = [document]
        var count = 0
        while let next = open.popLast() {
            if let list = next as? [Any] { open += list }
            guard let object = next as? [String: Any] else { continue }
            for (key, value) in object {
                if ["match", "begin", "end"].contains(key), let pattern = value as? String {
                    _ = try NSRegularExpression(pattern: pattern)
                    count += 1
                } else {
                    open.append(value)
                }
            }
        }
        #expect(count > 20)
    }

    @Test func fuzzDictionary() throws {
        try expect(FuzzDictionary.text(), in: "Tests/Fuzzing/pq.dict")
    }

    /// The drawings are made by a script in Python, which a machine may not have: then nothing is compared.
    @Test func drawings() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = Repository.root.appendingPathComponent("grammar/make-diagrams.py").path
        process.arguments = ["python3", script] + (Self.isRewriting ? [] : ["--check"])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 127 else {
            print(
                "there is no python3 on this machine: whether the drawings in grammar/ are up to date was not checked")
            return
        }
        #expect(process.terminationStatus == 0, "\(said)run: grammar/make-diagrams.py, or \(Self.command)")
    }
}
