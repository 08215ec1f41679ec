import HindsightSyntax
import HindsightValues

/// Binds the settings of a table: `WITH (name = value, …)`.
struct SettingsCompiler {
    private let statement: StatementBinder

    init(_ statement: StatementBinder) {
        self.statement = statement
    }

    /// Settings with their values, checked.
    struct Values {
        var recovery: RecoverySetting?
        /// By name in upper case; NULL takes a setting away.
        var others: [(name: String, value: Value)] = []
    }

    typealias Evaluation = @Sendable (inout Frame) throws(QueryError) -> Values

    /// A setting as it is written.
    private struct Written: Sendable {
        let setting: TableSetting
        let value: Evaluator
        let nameSpan: SourceSpan
        let valueSpan: SourceSpan
    }

    /// - Throws: `unknownSetting`, `duplicateName`; `invalidSetting` and `retentionOutOfRange` for values that are known.
    func compile(_ settings: [Setting]) throws(QueryError) -> Evaluation {
        var written: [Written] = []
        for setting in settings {
            let known = try TableSetting.named(setting.name)
            guard !written.contains(where: { $0.setting.name == known.name }) else {
                throw QueryError(.duplicateName, "the setting '\(known.name)' is given twice", at: setting.name.span)
            }
            written.append(
                Written(
                    setting: known, value: try compile(setting.value, of: known), nameSpan: setting.name.span,
                    valueSpan: setting.value.span))
        }
        return { [written] (frame) throws(QueryError) in
            var values: [(written: Written, value: Value)] = []
            for one in written {
                let value = try one.value(&frame)
                values.append((one, value.isAbsent ? .null : try one.setting.checked(value, at: one.valueSpan)))
            }
            return try SettingsCompiler.combined(values)
        }
    }

    private func compile(_ value: SettingValue, of setting: TableSetting) throws(QueryError) -> Evaluator {
        switch value {
        case .word(let word):
            let value = try setting.checked(.string(word.text), at: word.span)
            return { (_) throws(QueryError) in value }
        case .expression(let expression):
            let bound = try statement.bind(expression, in: Scope(parent: nil))
            if case .constant(let value) = bound.node, !value.isAbsent {
                _ = try setting.checked(value, at: expression.span)
            }
            return try statement.compiler.expressions.compile(bound)
        }
    }

    /// Puts together what settings say of each other.
    private static func combined(_ values: [(written: Written, value: Value)]) throws(QueryError) -> Values {
        var result = Values()
        for (written, value) in values {
            switch written.setting.name {
            case TableSetting.recovery:
                result.recovery = value.stringValue == "ON" ? .on(retentionDays: nil) : .off
            case TableSetting.retention: break
            default: result.others.append((written.setting.name, value))
            }
        }
        if let retention = values.first(where: { $0.written.setting.name == TableSetting.retention }) {
            guard result.recovery != .off else {
                throw QueryError(
                    .invalidSetting, "a retention needs POINT_IN_TIME_RECOVERY = ON", at: retention.written.nameSpan)
            }
            result.recovery = .on(retentionDays: retention.value.exactInteger.flatMap(Int.init(exactly:)))
        }
        try dropCapacity(of: &result, values)
        return result
    }

    /// A table that is billed by request has no capacity of its own.
    private static func dropCapacity(
        of result: inout Values, _ values: [(written: Written, value: Value)]
    ) throws(QueryError) {
        guard result.others.contains(where: { $0.name == "BILLING_MODE" && $0.value == .string("PAY_PER_REQUEST") })
        else { return }
        for name in ["READ_CAPACITY", "WRITE_CAPACITY"] {
            if let given = values.first(where: { $0.written.setting.name == name && !$0.value.isAbsent }) {
                throw QueryError(
                    .invalidSetting, "\(name) cannot be given with BILLING_MODE = PAY_PER_REQUEST",
                    at: given.written.nameSpan)
            }
            result.others.append((name, .null))
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
        return { (frame) throws(QueryError) in
            let value = try evaluator(&frame)
            guard let days = value.exactInteger, let count = Int(exactly: days) else {
                throw QueryError(.invalidSetting, "a retention is a number of days, not \(value.kindPhrase)", at: span)
            }
            return count
        }
    }
}
