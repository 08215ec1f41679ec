import HindsightSyntax
import HindsightValues

/// Binds the settings of a table: `WITH (name = value, …)`.
struct SettingsCompiler {
    private let statement: StatementBinder

    init(_ statement: StatementBinder) {
        self.statement = statement
    }

    /// Settings with their values.
    struct Values {
        var recovery: RecoverySetting?
        /// By name in upper case.
        var others: [(name: String, value: Value)] = []
    }

    /// Settings that are kept with the table and do nothing yet: DynamoDB's, so that its definitions can be taken over.
    private static let kept = [
        "BILLING_MODE", "READ_CAPACITY", "WRITE_CAPACITY", "TABLE_CLASS", "ENCRYPTION", "DELETION_PROTECTION",
        timeToLive,
    ]
    private static let timeToLive = "TIME_TO_LIVE"
    private static let recovery = "POINT_IN_TIME_RECOVERY"
    private static let retention = "RETENTION_DAYS"

    /// - Throws: `unknownSetting`, `duplicateName`.
    func compile(
        _ settings: [Setting]
    ) throws(QueryError) -> @Sendable (inout Frame) throws(QueryError) -> Values {
        var compiled: [(name: String, value: Evaluator, span: SourceSpan)] = []
        for setting in settings {
            let name = setting.name.text.uppercased()
            let known = SettingsCompiler.kept + [SettingsCompiler.recovery, SettingsCompiler.retention]
            guard known.contains(name) else {
                let hint = Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" }
                throw QueryError(
                    .unknownSetting, "there is no setting '\(setting.name.text)'", at: setting.name.span, hint: hint)
            }
            guard !compiled.contains(where: { $0.name == name }) else {
                throw QueryError(.duplicateName, "the setting '\(name)' is given twice", at: setting.name.span)
            }
            compiled.append((name, try compile(setting.value), setting.value.span))
        }
        return { [compiled] (frame) throws(QueryError) in
            var values = Values()
            var days: Int?
            for (name, evaluator, span) in compiled {
                let value = try evaluator(&frame)
                switch name {
                case SettingsCompiler.recovery:
                    values.recovery = try SettingsCompiler.isOn(value, at: span) ? .on(retentionDays: nil) : .off
                case SettingsCompiler.retention:
                    days = try SettingsCompiler.days(value, at: span)
                case SettingsCompiler.timeToLive:
                    values.others.append((name, try SettingsCompiler.attribute(value, at: span)))
                default:
                    values.others.append((name, value))
                }
            }
            if let days { values.recovery = .on(retentionDays: days) }
            return values
        }
    }

    /// `RETENTION n DAYS`; nil if it is not written.
    func compileDays(
        _ expression: Expression?
    ) throws(QueryError) -> @Sendable (inout Frame) throws(QueryError) -> Int? {
        guard let expression else { return { (_) throws(QueryError) in nil } }
        let bound = try statement.bind(expression, in: Scope(parent: nil))
        let evaluator = try statement.compiler.expressions.compile(bound)
        let span = expression.span
        return { (frame) throws(QueryError) in try SettingsCompiler.days(try evaluator(&frame), at: span) }
    }

    private func compile(_ value: SettingValue) throws(QueryError) -> Evaluator {
        switch value {
        case .word(let word):
            let text = Value.string(word.text)
            return { (_) throws(QueryError) in text }
        case .expression(let expression):
            return try statement.compiler.expressions.compile(
                try statement.bind(expression, in: Scope(parent: nil)))
        }
    }

    private static func isOn(_ value: Value, at span: SourceSpan) throws(QueryError) -> Bool {
        switch value {
        case .bool(let isOn): return isOn
        case .string(let word), .symbol(let word):
            switch word.uppercased() {
            case "ON", "ENABLED", "TRUE": return true
            case "OFF", "DISABLED", "FALSE": return false
            default: break
            }
        default: break
        }
        throw QueryError(.invalidSetting, "the setting is ON or OFF", at: span)
    }

    /// The name of an attribute; NULL for OFF.
    private static func attribute(_ value: Value, at span: SourceSpan) throws(QueryError) -> Value {
        switch value {
        case .string(let name) where name.uppercased() == "OFF": return .null
        case .null, .bool(false): return .null
        case .string(let name) where !name.isEmpty: return value
        default:
            throw QueryError(
                .invalidSetting, "a time to live is the name of an attribute, or OFF, not \(value.kindPhrase)",
                at: span,
                hint: "the attribute holds the time when an item expires, in seconds since 1970")
        }
    }

    private static func days(_ value: Value, at span: SourceSpan) throws(QueryError) -> Int {
        guard let days = value.exactInteger, let count = Int(exactly: days) else {
            throw QueryError(.invalidSetting, "a retention is a number of days, not \(value.kindPhrase)", at: span)
        }
        return count
    }
}
