import Foundation
import HindsightValues

/// What a line says of the answer of an evaluation case.
struct Expectation: Decodable {
    private let expect: [String: Answer]

    private struct Answer: Decodable {
        let result: CaseValue?
        let error: Bool?
    }

    /// The value that must come in a mode; nil where an error must.
    static func value(in line: Data, mode: CaseRun.Mode) throws -> Value? {
        let cases = try JSONDecoder().decode(Expectation.self, from: line)
        guard let answer = cases.expect[mode.rawValue] else { throw UsageError("nothing is expected of the mode") }
        if answer.error == true { return nil }
        guard let result = answer.result else { throw UsageError("neither a result nor an error is expected") }
        return try result.value.get()
    }
}

/// The globals of a line of environments.
struct CaseEnvironment: Decodable {
    private let globals: [String: CaseValue]

    /// - Throws: what cannot be held as a value.
    static func globals(in line: Data) throws -> [String: Value] {
        try JSONDecoder().decode(CaseEnvironment.self, from: line).globals.mapValues { try $0.value.get() }
    }
}
