import Foundation

/// A folder of cases: `envs.jsonl` with the environments, and cases in all its other files that end in `.jsonl`.
struct CaseFolder {
    private let url: URL

    init(_ path: String) {
        url = URL(fileURLWithPath: path, isDirectory: true)
    }

    /// The runs of all cases, by file and line: one for each mode of an evaluation case, one for any other case.
    func runs() throws -> [CaseRun] {
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        let environments = try names.contains("envs.jsonl") ? environments() : [:]
        return try names.filter { $0.hasSuffix(".jsonl") && $0 != "envs.jsonl" }.flatMap { name in
            try lines(of: name).enumerated().flatMap { index, line in
                do {
                    let head = try JSONDecoder().decode(CaseHead.self, from: line)
                    return try head.modes.map { mode in
                        let environment = try head.env.map { try environments[$0] ?? missing($0) }
                        return CaseRun(
                            id: head.id, category: head.category, mode: mode, statement: head.statement, line: line,
                            environment: environment)
                    }
                } catch {
                    throw UsageError("\(name):\(index + 1): \(error)")
                }
            }
        }
    }

    private func missing(_ environment: String) throws(UsageError) -> Data {
        throw UsageError("there is no environment '\(environment)'")
    }

    /// The lines of `envs.jsonl` by their keys.
    private func environments() throws -> [String: Data] {
        struct Head: Decodable {
            let env: String
        }
        let pairs = try lines(of: "envs.jsonl").map { (try JSONDecoder().decode(Head.self, from: $0).env, $0) }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Split at line feeds alone: some strings hold other line separators.
    private func lines(of name: String) throws -> [Data] {
        try Data(contentsOf: url.appendingPathComponent(name)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}

/// One run: a case in one of its modes.
struct CaseRun: Sendable {
    let id: String
    let category: String
    let mode: Mode
    let statement: String
    /// The case, as its file has it.
    let line: Data
    /// The line of its environment.
    let environment: Data?

    /// What a run asks for.
    enum Mode: String {
        /// Evaluation with permissive typing.
        case coerce
        /// Evaluation with strict typing.
        case error
        case syntaxSuccess = "syntax-success"
        case syntaxFail = "syntax-fail"
        case staticFail = "static-fail"
    }
}

/// What is read of a case to list its runs.
private struct CaseHead: Decodable {
    let id: String
    let category: String
    let kind: String
    let statement: String
    let env: String?
    let mode: [String]?

    var modes: [CaseRun.Mode] {
        get throws {
            try (kind == "eval" ? mode ?? [] : [kind]).map { name in
                guard let mode = CaseRun.Mode(rawValue: name) else { throw UsageError("no mode '\(name)'") }
                return mode
            }
        }
    }
}
