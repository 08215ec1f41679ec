import HindsightTestSupport
import Testing

@testable import HindsightShell

private final class Catalog: CompletionCatalog {
    func tableNames() -> [String] { ["Music", "ProductCatalog", "odd name"] }

    func backupPlanNames() -> [String] { ["nightly", "weekly.eu"] }

    func moments() -> [String] { ["calm", "'v7'"] }

    func indexNames(of table: String) -> [String] { table == "Music" ? ["ByGenre", "ByPrice"] : [] }

    func attributeNames(of table: String, under path: [String]) -> [String] {
        switch (table, path) {
        case ("ProductCatalog", []): ["Id", "Title", "Dimensions", "odd one"]
        case ("ProductCatalog", ["Dimensions"]): ["Width", "Height"]
        case ("Music", []): ["Artist", "Title"]
        default: []
        }
    }
}

struct CompleterTests {
    /// Candidates where `|` stands in the text.
    private func candidates(_ text: String) -> [String] {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        return Completer(Catalog()).completions(before: parts[0], after: parts[1]).candidates.map(\.text)
    }

    @Test func beginsWithStatements() {
        #expect(candidates("se|") == ["select", "set"])
        #expect(candidates("UP|") == ["UPDATE", "UPSERT"])
        #expect(candidates("SELECT 1; de|") == ["delete", "describe"])
        #expect(!candidates("|").contains("WHERE"))
    }

    @Test func offersBackupPlansWhereOneIsDropped() {
        #expect(candidates("DROP BACKUP PLAN |") == ["nightly", "\"weekly.eu\""])
        #expect(candidates("DROP BACKUP PLAN IF EXISTS ni|") == ["nightly"])
        #expect(!candidates("DROP BACKUP |").contains("nightly"))
    }

    @Test func offersIndexesBehindTheirTable() {
        #expect(candidates("SELECT * FROM Music.|") == ["ByGenre", "ByPrice"])
        #expect(candidates("SELECT * FROM Music.byp|") == ["ByPrice"])
    }

    @Test func offersTablesWhereTheyStand() {
        #expect(candidates("SELECT * FROM |") == ["Music", "ProductCatalog", "\"odd name\""])
        #expect(candidates("SELECT * FROM mu|") == ["Music"])
        #expect(candidates("INSERT INTO P|") == ["ProductCatalog"])
        #expect(candidates("DROP TABLE P|") == ["ProductCatalog"])
        #expect(candidates("UPDATE P|") == ["ProductCatalog"])
    }

    @Test(arguments: [
        "SELECT * FROM Music AS OF |", "SELECT * FROM Music VERSIONS BETWEEN |",
        "SELECT * FROM Music VERSIONS BETWEEN 'v1' AND |", "REVERT TABLE Music TO |", "RESTORE TABLE Music TO m AT |",
        "SHOW TIMELINE OF Music BETWEEN |", "EXPORT TABLE Music CHANGES BETWEEN EARLIEST AND |",
    ])
    func offersMomentsWhereTheyStand(entry: String) {
        #expect(candidates(entry) == ["LATEST", "EARLIEST", "calm", "'v7'"])
    }

    @Test func offersNoMomentsElsewhere() {
        #expect(candidates("SHOW TIMELINE OF |") == ["Music", "ProductCatalog", "\"odd name\""])
        #expect(!candidates("SELECT * FROM Music WHERE Price BETWEEN |").contains("calm"))
        #expect(
            !candidates("SELECT * FROM Music VERSIONS BETWEEN EARLIEST AND LATEST WHERE a = 1 AND |").contains("calm"))
    }

    @Test func offersAttributesOfTheTablesNamed() {
        #expect(candidates("SELECT Ti| FROM ProductCatalog").contains("Title"))
        #expect(candidates("SELECT * FROM Music WHERE Art|") == ["Artist"])
        #expect(
            candidates("SELECT p.| FROM ProductCatalog AS p, Music AS m") == [
                "Id", "Title", "Dimensions", "\"odd one\"",
            ])
        #expect(candidates("SELECT p.Dimensions.W| FROM ProductCatalog p") == ["Width"])
        #expect(candidates("SELECT p.Dimensions.| FROM ProductCatalog AS OF '-10m' AS p") == ["Width", "Height"])
        #expect(candidates("SELECT Dimensions.H| FROM ProductCatalog") == ["Height"])
    }

    @Test func offersFunctionsAndKeywords() {
        #expect(candidates("SELECT upp| FROM Music") == ["UPPER("])
        #expect(candidates("SELECT * FROM Music whe|").contains("where"))
    }

    @Test func offersCommandsAndTheirArguments() {
        #expect(candidates(".t|") == [".tables", ".timer", ".tokens"])
        #expect(candidates(".mode j|") == ["json", "jsonl"])
        #expect(candidates(".schema M|") == ["Music"])
        #expect(candidates(".timer o|") == ["on", "off"])
        #expect(candidates(".nothing x|") == [])
        #expect(candidates(".help sel|") == ["SELECT"])
    }

    @Test func offersFiles() throws {
        let directory = try TemporaryDirectory()
        try FileSystem.write("", to: directory.file("first.pq"))
        try FileSystem.makeDirectories(directory.file("folder/inner"))
        let completions = Completer(Catalog()).completions(before: ".read \(directory.path)/f", after: "")
        #expect(
            completions.candidates == [
                .init(directory.file("first.pq"), terminator: ""), .init(directory.file("folder"), terminator: "/"),
            ])
        #expect(completions.typed == directory.path + "/f")
    }
}
