import HindsightSyntax
import HindsightValues

// Backup plans.
extension DefinitionCompiler {
    func compileCreate(_ create: CreateBackupPlan) throws(QueryError) -> Action {
        var tables: [String] = []
        for table in create.tables {
            let name = try existing(table)
            guard !tables.contains(name) else {
                throw QueryError(.duplicateName, "the table '\(name)' is named twice", at: table.span)
            }
            tables.append(name)
        }
        let schedule = try compile(create.schedule)
        let keep = try compileDays(create.keepDays)
        let copyKeep = try compileDays(create.copy?.keepDays)
        let path = try create.copy.map { (copy) throws(QueryError) in try compileText(copy.destination, "a file's name")
        }
        let (name, ifNotExists) = (create.name, create.ifNotExists)
        return { [tables] (writer, frame) throws(QueryError) in
            let plan = BackupPlanDescription(
                name: name.text, tables: tables, schedule: try schedule(&frame), keepDays: try keep(&frame),
                copyPath: try path?(&frame), copyKeepDays: try copyKeep(&frame))
            do throws(QueryError) {
                try writer.createBackupPlan(plan)
            } catch {
                if ifNotExists, error.diagnostic.code == .backupPlanExists { return }
                throw error.located(at: name.span)
            }
        }
    }

    func compileDropPlan(_ name: Identifier, ifExists: Bool) -> Action {
        { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.dropBackupPlan(name.text)
            } catch {
                if ifExists, error.diagnostic.code == .unknownBackupPlan { return }
                throw error.located(at: name.span)
            }
        }
    }

    private typealias Computed<Result> = @Sendable (inout Frame) throws(QueryError) -> Result

    private func compile(
        _ schedule: CreateBackupPlan.Schedule
    ) throws(QueryError) -> Computed<BackupPlanDescription.Schedule> {
        switch schedule {
        case .everyDays(let expression):
            let days = try compileDays(expression)
            return { (frame) throws(QueryError) in .everyDays(try days(&frame) ?? 1) }
        case .cron(let expression):
            let text = try compileText(expression, "a cron text")
            let span = expression.span
            return { (frame) throws(QueryError) in
                let text = try text(&frame)
                do throws(CronSchedule.Failure) {
                    _ = try CronSchedule(text)
                } catch {
                    throw QueryError(
                        .invalidArgument, error.message, at: span,
                        hint: "'cron(0 5 ? * * *)' is every day at 05:00, in UTC")
                }
                return .cron(text)
            }
        }
    }

    /// A number of days, at least 1; nil where none is written.
    private func compileDays(_ expression: Expression?) throws(QueryError) -> Computed<Int?> {
        guard let expression else { return { (_) throws(QueryError) in nil } }
        let days = try SettingsCompiler(statement).compileDays(expression)
        let span = expression.span
        return { (frame) throws(QueryError) in
            guard let count = try days(&frame), BackupPlanDescription.dayRange.contains(count) else {
                let range = BackupPlanDescription.dayRange
                throw QueryError(
                    .invalidArgument, "the days must be \(range.lowerBound) to \(range.upperBound)", at: span)
            }
            return count
        }
    }

    private func compileText(_ expression: Expression, _ what: String) throws(QueryError) -> Computed<String> {
        let evaluator = try statement.compiler.expressions.compile(
            try statement.bind(expression, in: Scope(parent: nil)))
        let span = expression.span
        return { (frame) throws(QueryError) in
            guard case .string(let text) = try evaluator(&frame), !text.isEmpty else {
                throw QueryError(.typeMismatch, "\(what) is a text that is not empty", at: span)
            }
            return text
        }
    }
}

extension BackupPlanDescription {
    /// Up to a hundred years.
    fileprivate static let dayRange = 1...36_500
}
