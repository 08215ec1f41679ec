import Foundation
import HindsightQuery
import HindsightStorage
import HindsightSyntax
import HindsightValues

/// Whether a run passed, and what came if it did not.
struct Outcome: Codable, Sendable {
    let isPass: Bool
    /// A value, the error, or how the process ended.
    let found: String
}

/// Runs cases, each in a session of its own over a database in memory.
enum Judge {
    static func outcome(of mode: CaseRun.Mode, statement: String, line: Data, globals: [String: Value]) -> Outcome {
        do {
            switch mode {
            case .syntaxSuccess, .syntaxFail: return parsing(statement, isValid: mode == .syntaxSuccess)
            case .staticFail: return try preparing(statement)
            case .coerce: return try evaluating(statement, .permissive, line, mode, globals)
            case .error: return try evaluating(statement, .strict, line, mode, globals)
            }
        } catch let error as QueryError {
            return Outcome(isPass: false, found: describe(error.diagnostic))
        } catch {
            return Outcome(isPass: false, found: "\(error)")
        }
    }

    private static func parsing(_ statement: String, isValid: Bool) -> Outcome {
        do {
            _ = try Parser.statement(statement)
            return Outcome(isPass: isValid, found: "accepted")
        } catch {
            return Outcome(isPass: !isValid, found: describe(error.diagnostics[0]))
        }
    }

    /// A statement that must be refused before it is evaluated.
    private static func preparing(_ statement: String) throws -> Outcome {
        let session = try session(.strict, [:])
        do {
            _ = try session.prepare(statement)
            return Outcome(isPass: false, found: "accepted")
        } catch {
            return Outcome(isPass: true, found: describe(error.diagnostic))
        }
    }

    private static func evaluating(
        _ statement: String, _ typing: TypingMode, _ line: Data, _ mode: CaseRun.Mode, _ globals: [String: Value]
    ) throws -> Outcome {
        let expected = try Expectation.value(in: line, mode: mode)
        let session = try session(typing, globals)
        do {
            let value = try result(of: session.execute(statement))
            let isPass = expected.map { value.isEqual(to: $0) } ?? false
            return Outcome(isPass: isPass, found: value.description)
        } catch {
            return Outcome(isPass: expected == nil, found: describe(error.diagnostic))
        }
    }

    /// What a statement gives as one value: rows with an order are a list, others a bag.
    private static func result(of result: StatementResult) throws(QueryError) -> Value {
        switch result {
        case .value(let value): return value
        case .rows(let rows):
            let values = try rows.collect()
            return rows.isOrdered ? .list(values) : .bag(values)
        case .changed, .restored, .done: return .missing
        }
    }

    private static func session(_ typing: TypingMode, _ globals: [String: Value]) throws -> Session {
        let provider = StorageProvider(store: try Store.inMemory())
        return Session(provider: provider, options: SessionOptions(typing: typing, globals: globals))
    }

    private static func describe(_ diagnostic: Diagnostic) -> String {
        "\(diagnostic.code.rawValue): \(diagnostic.message)"
    }
}
