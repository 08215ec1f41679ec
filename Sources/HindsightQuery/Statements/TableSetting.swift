import HindsightSyntax
import HindsightValues

/// A setting of a table: its name in `WITH (…)` and `SET (…)`, and the values that it takes.
struct TableSetting: Sendable {
    /// In upper case.
    let name: String
    private let values: Values

    private enum Values: Sendable {
        case words([String])
        case onOff
        /// A whole number from 1 on.
        case count
        case days(ClosedRange<Int>)
        /// The name of an attribute, or OFF.
        case attribute
        case tags
    }

    /// All settings. Those of DynamoDB that an embedded engine has no use for are checked and kept, so that definitions
    /// can be taken over.
    static let all = [
        TableSetting(name: "BILLING_MODE", values: .words(["PROVISIONED", "PAY_PER_REQUEST"])),
        TableSetting(name: "READ_CAPACITY", values: .count),
        TableSetting(name: "WRITE_CAPACITY", values: .count),
        TableSetting(name: "TABLE_CLASS", values: .words(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])),
        TableSetting(name: "ENCRYPTION", values: .words(["DEFAULT", "AES256", "KMS"])),
        TableSetting(name: "DELETION_PROTECTION", values: .onOff),
        TableSetting(name: "TIME_TO_LIVE", values: .attribute),
        TableSetting(name: TableTags.setting, values: .tags),
        TableSetting(name: "STREAM", values: .onOff),
        TableSetting(
            name: "STREAM_VIEW_TYPE", values: .words(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])),
        TableSetting(name: recovery, values: .onOff),
        TableSetting(name: retention, values: .days(RecoverySetting.allowedDays)),
    ]

    static let recovery = "POINT_IN_TIME_RECOVERY"
    static let retention = "RETENTION_DAYS"

    /// - Throws: `unknownSetting`, with the name that may have been meant.
    static func named(_ written: Identifier) throws(QueryError) -> TableSetting {
        let name = written.text.uppercased()
        if let setting = all.first(where: { $0.name == name }) { return setting }
        let names = all.map(\.name)
        let near = Suggestion.closest(to: name, in: names).map { "did you mean \($0)?" }
        throw QueryError(
            .unknownSetting, "there is no setting '\(written.text)'", at: written.span,
            hint: near ?? "settings are \(names.joined(separator: ", "))")
    }

    /// The value in the one form that it is kept in.
    ///
    /// - Throws: `invalidSetting`, `retentionOutOfRange`.
    func checked(_ value: Value, at span: SourceSpan) throws(QueryError) -> Value {
        switch values {
        case .words(let words): return .string(try word(value, of: words, at: span))
        case .onOff: return .string(try isOn(value, at: span) ? "ON" : "OFF")
        case .count:
            guard let count = value.exactInteger, count > 0 else {
                throw invalid("a whole number from 1 on", value, at: span)
            }
            return .int(count)
        case .days(let allowed):
            guard let days = value.exactInteger else { throw invalid("a number of days", value, at: span) }
            guard let count = Int(exactly: days), allowed.contains(count) else {
                throw QueryError(
                    .retentionOutOfRange,
                    "the retention must be \(allowed.lowerBound) to \(allowed.upperBound) days, found \(days)", at: span
                )
            }
            return .int(days)
        case .tags: return try tags(value, at: span)
        case .attribute:
            if value == .bool(false) || value.stringValue?.uppercased() == "OFF" { return .null }
            guard let name = value.stringValue, !name.isEmpty else {
                throw QueryError(
                    .invalidSetting, "a time to live is the name of an attribute, or OFF, not \(value.kindPhrase)",
                    at: span, hint: "the attribute holds the time when an item expires, in seconds since 1970")
            }
            return .string(name)
        }
    }

    private func tags(_ value: Value, at span: SourceSpan) throws(QueryError) -> Value {
        do throws(QueryError) {
            return try TableTags(value).text.map(Value.string) ?? .null
        } catch {
            throw error.located(at: span)
        }
    }

    private func word(_ value: Value, of words: [String], at span: SourceSpan) throws(QueryError) -> String {
        let text = value.stringValue?.uppercased()
        if let text, words.contains(text) { return text }
        let near = text.flatMap { Suggestion.closest(to: $0, in: words) }.map { "did you mean \($0)?" }
        let list = words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
        throw invalid(list, value, at: span, hint: near)
    }

    private func isOn(_ value: Value, at span: SourceSpan) throws(QueryError) -> Bool {
        if case .bool(let isOn) = value { return isOn }
        switch value.stringValue?.uppercased() {
        case "ON", "ENABLED", "TRUE": return true
        case "OFF", "DISABLED", "FALSE": return false
        default: throw invalid("ON or OFF", value, at: span)
        }
    }

    private func invalid(
        _ wanted: String, _ value: Value, at span: SourceSpan, hint: String? = nil
    ) -> QueryError {
        let found = value.stringValue.map { "'\($0.shortened)'" } ?? value.description.shortened
        return QueryError(.invalidSetting, "\(name) is \(wanted), not \(found)", at: span, hint: hint)
    }
}
