import Hindsight

/// `.maintain`, and `pq maintain FILE`: what is due by the clock.
enum MaintainCommand {
    @Sendable static func run(_ shell: Shell, _ argument: String) throws(ShellError) -> Shell.Flow {
        do throws(DatabaseError) {
            shell.output.writeLine(text(try shell.connection.database.maintain()))
            return .goOn
        } catch {
            throw .statement(error)
        }
    }

    static func text(_ report: MaintenanceReport) -> String {
        let parts = [
            count(report.backups, "backup made", "backups made"), count(report.copies, "copy made", "copies made"),
            count(report.expiredItems, "item expired", "items expired"),
            count(report.collectedEntries, "old version collected", "old versions collected"),
        ].compactMap { $0 }
        return parts.isEmpty ? "nothing was due" : parts.joined(separator: ", ")
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String? {
        count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
    }
}
