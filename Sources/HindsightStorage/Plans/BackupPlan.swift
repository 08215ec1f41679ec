import HindsightKeyValue
import HindsightValues

/// Backups of some tables by schedule. Times are in microseconds since 1970.
package struct BackupPlan: Equatable, Sendable {
    package enum Schedule: Equatable, Sendable {
        /// Every so many days, counted from when the plan was made.
        case everyDays(Int)
        /// The text of a `CronSchedule`.
        case cron(String)
    }

    /// Where copies of the backups go.
    package struct Copy: Equatable, Sendable {
        /// Another database file, relative to the folder of this one.
        package let path: String
        package let keepDays: Int?

        package init(path: String, keepDays: Int?) {
            self.path = path
            self.keepDays = keepDays
        }
    }

    package let name: String
    package let tables: [String]
    package let schedule: Schedule
    package let keepDays: Int?
    package let copy: Copy?
    package internal(set) var createdTime: Int64 = 0
    /// The scheduled time that was served last; that of the plan's making before the first.
    package internal(set) var servedTime: Int64 = 0
    /// When backups were made last.
    package internal(set) var lastRunTime: Int64?
    /// Scheduled times that passed without a backup of their own, since a later one was due as well.
    package internal(set) var missedRuns: UInt64 = 0
    /// What went wrong in the last run; empty if nothing did.
    package internal(set) var lastError = ""
    /// The numbers of backups that are still to be copied.
    package internal(set) var uncopied: [UInt32] = []

    package init(name: String, tables: [String], schedule: Schedule, keepDays: Int?, copy: Copy?) {
        self.name = name
        self.tables = tables
        self.schedule = schedule
        self.keepDays = keepDays
        self.copy = copy
    }

    /// When a backup is due; `nil` for never again.
    package var nextTime: Int64? { timetable(servedTime) }

    /// What scheduled time comes after another. The text is read once here, however often the function is called.
    private var timetable: (Int64) -> Int64? {
        switch schedule {
        case .everyDays(let days):
            let period = Int64(days) * Self.day
            return { createdTime + (($0 - createdTime) / period + 1) * period }
        case .cron(let text):
            let schedule = try? CronSchedule(text)
            return { schedule?.next(after: $0) }
        }
    }

    /// The newest scheduled time that has come and is not served, and how many others lie before it.
    func due(at now: Int64) -> (time: Int64, missed: UInt64)? {
        let timetable = timetable
        guard var newest = timetable(servedTime), newest <= now else { return nil }
        var missed: UInt64 = 0
        if case .everyDays(let days) = schedule {
            missed = UInt64((now - newest) / (Int64(days) * Self.day))
            return (newest + Int64(missed) * Int64(days) * Self.day, missed)
        }
        while missed < Limits.missedRuns, let next = timetable(newest), next <= now {
            newest = next
            missed += 1
        }
        return (missed < Limits.missedRuns ? newest : now, missed)
    }

    /// In microseconds.
    static let day: Int64 = 86_400_000_000

    /// What a backup of the plan is named: the plan, a dot, and the second of its schedule.
    func backupName(at time: Int64) -> String {
        let text = Timestamp(clock: time.floorDivided(by: 1_000_000) * 1_000_000).description.filter {
            $0.isNumber || $0 == "T" || $0 == "Z"
        }
        return name + "." + text
    }
}

extension BackupInfo {
    /// The plan that made the backup; `nil` if it was made by hand.
    package var plan: String? {
        guard kind == .plan, let dot = name.lastIndex(of: ".") else { return nil }
        return String(name[..<dot])
    }
}

/// The value of a plan's entry; texts counted, integers packed, times 8 bytes little-endian, days 0 for none:
///
///     form 1 | tables: count, names | schedule: 1 days or 2 text | keep | copy 0, or 1 path keep
///            | created | served | run 0, or 1 time | missed | error | uncopied: count, numbers | seal 4
extension BackupPlan {
    private static let form: UInt8 = 1

    func encode() -> [UInt8] {
        var bytes = [Self.form]
        bytes.appendPacked(tables.count)
        for table in tables { bytes.appendText(table) }
        switch schedule {
        case .everyDays(let days):
            bytes.append(1)
            bytes.appendPacked(days)
        case .cron(let text):
            bytes.append(2)
            bytes.appendText(text)
        }
        bytes.appendPacked(keepDays ?? 0)
        bytes.append(copy == nil ? 0 : 1)
        if let copy {
            bytes.appendText(copy.path)
            bytes.appendPacked(copy.keepDays ?? 0)
        }
        for time in [createdTime, servedTime] { bytes.appendLittleEndian(UInt64(bitPattern: time)) }
        bytes.append(lastRunTime == nil ? 0 : 1)
        if let lastRunTime { bytes.appendLittleEndian(UInt64(bitPattern: lastRunTime)) }
        bytes.appendPacked(missedRuns)
        bytes.appendText(lastError)
        bytes.appendPacked(uncopied.count)
        for number in uncopied { bytes.appendPacked(number) }
        bytes.appendSeal()
        return bytes
    }

    init(key: RawSpan, value: RawSpan) throws(MalformedBytes) {
        guard let name = key.string(in: 1..<key.byteCount) else { throw MalformedBytes() }
        var reader = ByteReader(value)
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        self.name = name
        var tables: [String] = []
        for _ in 0..<(try reader.integer(as: UInt16.self)) { tables.append(try reader.text()) }
        self.tables = tables
        switch try reader.byte() {
        case 1:
            let days = try reader.integer(as: Int.self)
            guard days > 0 else { throw MalformedBytes() }
            schedule = .everyDays(days)
        case 2: schedule = .cron(try reader.text())
        default: throw MalformedBytes()
        }
        keepDays = try reader.days()
        if try reader.byte() != 0 {
            copy = Copy(path: try reader.text(), keepDays: try reader.days())
        } else {
            copy = nil
        }
        createdTime = Int64(bitPattern: try reader.fixed64())
        servedTime = Int64(bitPattern: try reader.fixed64())
        if try reader.byte() != 0 { lastRunTime = Int64(bitPattern: try reader.fixed64()) }
        missedRuns = try reader.integer()
        lastError = try reader.text()
        for _ in 0..<(try reader.integer(as: UInt32.self)) { uncopied.append(try reader.integer(as: UInt32.self)) }
        try reader.seal()
    }
}

extension ByteReader {
    fileprivate mutating func days() throws(MalformedBytes) -> Int? {
        let days = try integer(as: Int.self)
        return days == 0 ? nil : days
    }
}
