import Foundation
import Hindsight
import HindsightTestSupport
import Testing

struct MaintenanceTests {
    private static let day: Int64 = 86_400_000_000

    private static func open(_ path: String, _ clock: AdjustableClock) throws -> Database {
        try Database(path: path, options: Database.Options(clock: clock.now, durability: .relaxed))
    }

    private static func shop(_ path: String, _ clock: AdjustableClock) throws -> Database {
        let db = try open(path, clock)
        try db.execute("CREATE TABLE Orders (Id NUMBER PARTITION KEY)")
        try db.execute("CREATE INDEX ByBuyer ON Orders (Buyer STRING PARTITION KEY)")
        try db.execute("INSERT INTO Orders << {'Id': 1, 'Buyer': 'ann'}, {'Id': 2, 'Buyer': 'bob'}, {'Id': 3} >>")
        return db
    }

    @Test func aBackupThatIsDueWhenTheFileIsOpenedIsMadeThen() throws {
        let directory = try TemporaryDirectory()
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let path = directory.file("shop.hsdb")
        do {
            let db = try Self.shop(path, clock)
            try db.createBackupPlan("nightly", of: ["Orders"], .cron("cron(0 5 ? * * *)"), keepDays: 30)
            let report = try db.maintain()
            #expect(report.backups == 0 && report.copies == 0 && report.expiredItems == 0)
        }
        clock.advance(microseconds: 3 * Self.day)
        let db = try Self.open(path, clock)
        let backups = try db.query("SELECT VALUE b.BackupName FROM SYSTEM.BACKUPS AS b", as: String.self)
        #expect(backups == ["nightly.20260504T050000Z"])
        try db.dropBackupPlan("nightly")
        #expect(throws: DatabaseError.self) { try db.dropBackupPlan("nightly") }
        #expect(try db.verify().isSound)
    }

    @Test func copiesGoIntoAnotherFileWithTheirIndexes() throws {
        let directory = try TemporaryDirectory()
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try Self.shop(directory.file("shop.hsdb"), clock)
        try db.createBackupPlan(
            "hourly", of: ["Orders"], .everyDays(1), copyPath: "region.hsdb", copyKeepDays: 2)
        // The plan counts from its commit, a little later than the clock began.
        clock.advance(microseconds: Self.day + 1_000_000)
        let report = try db.maintain()
        #expect(report.backups == 1 && report.copies == 1)
        try db.execute("DELETE FROM Orders")

        let region = try Self.open(directory.file("region.hsdb"), clock)
        try region.restore(backup: "hourly.20260502T120000Z", of: "Orders", to: "Orders")
        let ids = try region.query("SELECT VALUE o.Id FROM Orders AS o", as: Int.self)
        #expect(ids == [1, 2, 3])
        let bobs = try region.query("SELECT VALUE o.Id FROM Orders.ByBuyer AS o WHERE o.Buyer = 'bob'", as: Int.self)
        #expect(bobs == [2])
        #expect(try region.verify().isSound)
        clock.advance(microseconds: 3 * Self.day)
        try region.maintain()
        #expect(try region.query("SELECT VALUE b.BackupName FROM SYSTEM.BACKUPS AS b", as: String.self) == [])
        #expect(try region.query("SELECT VALUE o.Id FROM Orders AS o", as: Int.self) == [1, 2, 3])
        #expect(try region.verify().isSound)
    }

    @Test func aCopyThatFailsIsNotedAndTriedAgain() throws {
        let directory = try TemporaryDirectory()
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try Self.shop(directory.file("shop.hsdb"), clock)
        try db.createBackupPlan("daily", of: ["Orders"], .everyDays(1), copyPath: "missing/region.hsdb")
        // The plan counts from its commit, a little later than the clock began.
        clock.advance(microseconds: Self.day + 1_000_000)
        let report = try db.maintain()
        #expect(report.backups == 1 && report.copies == 0)
        let errors = try db.query("SELECT VALUE p.LastError FROM SYSTEM.PLANS AS p", as: String.self)
        #expect(errors.count == 1 && errors[0].contains("missing/region.hsdb"))
        try FileManager.default.createDirectory(
            atPath: directory.file("missing"), withIntermediateDirectories: false)
        #expect(try db.maintain().copies == 1)
        #expect(try db.query("SELECT VALUE p.WaitingCopies FROM SYSTEM.PLANS AS p", as: Int.self) == [0])
        #expect(try db.query("SELECT VALUE p.LastError IS MISSING FROM SYSTEM.PLANS AS p", as: Bool.self) == [true])
    }

    @Test func oneBackupCanBeCopiedByHand() throws {
        let directory = try TemporaryDirectory()
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try Self.shop(directory.file("shop.hsdb"), clock)
        try db.createBackup("before", of: "Orders")
        var steps: [Int] = []
        try db.copyBackup("before", to: directory.file("other.hsdb")) { done, total in
            #expect(total == 3)
            steps.append(done)
        }
        #expect(steps.last == 3)
        #expect(throws: DatabaseError.self) { try db.copyBackup("before", to: directory.file("other.hsdb")) }
        #expect(throws: DatabaseError.self) { try db.copyBackup("before", to: directory.file("shop.hsdb")) }
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try db.copyBackup("before", to: directory.file("third.hsdb")) { _, _ in throw Stop() }
        }
        let third = try Self.open(directory.file("third.hsdb"), clock)
        #expect(try third.query("SELECT VALUE b.BackupName FROM SYSTEM.BACKUPS AS b", as: String.self) == [])
    }

    @Test func expiredItemsGoAndCanBeBroughtBack() throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try Database.inMemory(options: Database.Options(clock: clock.now))
        try db.execute("CREATE TABLE Sessions (Id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
        try db.setTimeToLive(of: "Sessions", attribute: "Expires")
        try db.write { transaction in
            for id in 0..<1_200 {
                try transaction.execute(
                    "INSERT INTO Sessions VALUE {'Id': \(id), 'Expires': \(1_777_636_900 + id % 2 * 900)}")
            }
        }
        let before = try db.latestVersion()
        clock.advance(microseconds: 200_000_000)
        let expired = try db.maintain().expiredItems
        #expect(expired == 600)
        #expect(try db.query("SELECT VALUE COUNT(*) FROM Sessions AS s", as: Int.self) == [600])
        try db.setTimeToLive(of: "Sessions", attribute: nil)
        try db.revert("Sessions", to: .version(before))
        clock.advance(microseconds: Self.day)
        #expect(try db.maintain().expiredItems == 0)
        #expect(try db.query("SELECT VALUE COUNT(*) FROM Sessions AS s", as: Int.self) == [1_200])
        #expect(try db.verify().isSound)
    }
}
