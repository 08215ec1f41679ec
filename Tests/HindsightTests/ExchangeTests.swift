import Foundation
import HindsightSyntax
import HindsightTestSupport
import HindsightValues
import Testing

@testable import Hindsight
@testable import HindsightQuery

/// A database in memory whose clock moves by a second a reading, and a folder for files.
private struct Exchange {
    let directory: TemporaryDirectory
    let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
    let db: Database

    init() throws {
        directory = try TemporaryDirectory()
        let clock = clock
        var options = Database.Options(clock: { clock.now() })
        options.folder = directory.path
        db = try Database.inMemory(options: options)
    }

    func makeTable(_ name: String = "t") throws {
        try db.execute("CREATE TABLE \(identifier: name) (a STRING PARTITION KEY, n NUMBER SORT KEY)")
        try db.execute("ALTER TABLE \(identifier: name) SET POINT_IN_TIME_RECOVERY ON")
    }

    func put(_ item: Structure, into table: String = "t") throws {
        try db.execute(Hindsight.Statement("REPLACE INTO \(quotedIdentifier(table)) VALUE ?", [Value.structure(item)]))
        clock.advance(seconds: 1)
    }

    func items(_ table: String) throws -> [Value] {
        try db.query("SELECT VALUE x FROM \(identifier: table) AS x ORDER BY x.a, x.n").map(
            \.value)
    }

    func text(_ path: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: directory.file(path))), as: UTF8.self)
    }

    func write(_ text: String, _ path: String) throws {
        try text.write(toFile: directory.file(path), atomically: true, encoding: .utf8)
    }

    func files(_ path: String) -> [String] {
        (FileManager.default.enumerator(atPath: directory.file(path))?.compactMap { $0 as? String } ?? []).sorted()
    }

    func json(_ path: String) throws -> Structure {
        guard case .structure(let fields) = try Value(json: Array(text(path).utf8)) else {
            throw CocoaError(.coderReadCorrupt)
        }
        return fields
    }
}

struct ExportTests {
    @Test func hasTheLayoutOfTheService() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        for n in 0..<3 { try exchange.put(["a": "x", "n": .int(Int64(n)), "s": .bag(["p", "q"])]) }
        let outcome = try exchange.db.export("t", to: "out")
        #expect(outcome.changed == 3)
        let files = exchange.files("out")
        let id = try #require(files.first { $0.hasSuffix("_started") }?.split(separator: "/")[1])
        #expect(
            files.filter { $0.contains(".") || $0.hasSuffix("_started") } == [
                "AWSDynamoDB/\(id)/_started", "AWSDynamoDB/\(id)/data/part-00001.json.gz",
                "AWSDynamoDB/\(id)/manifest-files.json", "AWSDynamoDB/\(id)/manifest-files.md5",
                "AWSDynamoDB/\(id)/manifest-summary.json", "AWSDynamoDB/\(id)/manifest-summary.md5",
            ])
        let summary = try exchange.json("out/AWSDynamoDB/\(id)/manifest-summary.json")
        #expect(
            summary.fields.map(\.name) == [
                "version", "exportArn", "startTime", "endTime", "tableArn", "tableId", "exportTime", "s3Bucket",
                "s3Prefix", "s3SseAlgorithm", "s3SseKmsKeyId", "manifestFilesS3Key", "billedSizeBytes", "itemCount",
                "outputFormat",
            ])
        #expect(summary["itemCount"] == .int(3))
        #expect(summary["version"] == "2020-06-30")
        let line = try exchange.json("out/AWSDynamoDB/\(id)/manifest-files.json")
        #expect(line.fields.map(\.name) == ["itemCount", "md5Checksum", "etag", "dataFileS3Key"])
        #expect(line["dataFileS3Key"] == .string("AWSDynamoDB/\(id)/data/part-00001.json.gz"))
        let listed = try exchange.db.query("SHOW EXPORTS").map(\.value)
        #expect(listed.count == 1)
        #expect(listed[0].structureValue?["ExportArn"] == summary["exportArn"])
    }

    /// The service calls a manifest's checksum `.md5`, its manual `.checksum`; exports of both kinds are about.
    @Test func isImportedWithEitherNameOfItsChecksums() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.put(["a": "x", "n": 1])
        try exchange.db.export("t", to: "out")
        let started = try #require(exchange.files("out").first { $0.hasSuffix("_started") })
        let folder = exchange.directory.file("out/") + started.dropLast("_started".count)
        for manifest in ["manifest-summary", "manifest-files"] {
            try FileManager.default.moveItem(
                atPath: folder + manifest + ".md5", toPath: folder + manifest + ".checksum")
        }
        try exchange.db.execute("DELETE FROM t")
        try exchange.db.import("out", into: "t")
        #expect(try exchange.db.query("SELECT * FROM t").map(\.value).count == 1)
        try FileManager.default.removeItem(atPath: folder + "manifest-summary.checksum")
        #expect(throws: DatabaseError.self) { try exchange.db.import("out", into: "t") }
    }

    @Test func isOfTheMomentThatIsAskedFor() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.put(["a": "x", "n": 1, "v": 1])
        try exchange.db.createRestorePoint("before")
        exchange.clock.advance(seconds: 1)
        try exchange.put(["a": "x", "n": 1, "v": 2])
        try exchange.db.export("t", at: .restorePoint("before"), to: "then.json")
        try exchange.db.export("t", to: "now.json")
        #expect(try exchange.text("then.json") == #"{"a":"x","n":1,"v":1}"# + "\n")
        #expect(try exchange.text("now.json") == #"{"a":"x","n":1,"v":2}"# + "\n")
        try exchange.db.execute("EXPORT TABLE t WHERE v > 5 TO 'none.csv'")
        #expect(try exchange.text("none.csv") == "a,n\n")
    }

    @Test func ionIsThatOfTheService() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.put(["a": "x", "n": 103, "s": .bag([1, 2]), "b": .blob([1]), "two words": .null])
        let line = try ExportRow.item(
            ["a": "x", "n": 103, "s": .bag([1, 2]), "b": .blob([1]), "two words": .null]
        ).line(.ion, .newAndOldImages, columns: [])
        #expect(
            String(decoding: line, as: UTF8.self)
                == "$ion_1_0 {Item:{a:\"x\",n:103.,s:$dynamodb_NS::[1.,2.],b:{{AQ==}},'two words':null}}\n")
    }

    @Test func changesAreNetOfTheirPeriod() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.put(["a": "kept", "n": 1, "v": 1])
        try exchange.put(["a": "gone", "n": 1])
        exchange.clock.advance(seconds: 1)
        let from = exchange.clock.now()
        try exchange.put(["a": "kept", "n": 1, "v": 2])
        try exchange.put(["a": "kept", "n": 1, "v": 3])
        try exchange.put(["a": "new", "n": 1])
        try exchange.put(["a": "brief", "n": 1])
        try exchange.db.execute("DELETE FROM t WHERE a = 'gone' AND n = 1")
        exchange.clock.advance(seconds: 1)
        try exchange.db.execute("DELETE FROM t WHERE a = 'brief' AND n = 1")
        exchange.clock.advance(seconds: 1)
        let to = exchange.clock.now()
        try exchange.put(["a": "late", "n": 1])
        try exchange.db.exportChanges(
            of: "t", from: .microseconds(from), to: .microseconds(to), path: "changes.json", format: .json)
        let lines = try exchange.text("changes.json").split(separator: "\n")
        #expect(
            lines.map { $0.drop { $0 != "," } } == [
                #","Keys":{"a":"brief","n":1}}"#, #","Keys":{"a":"gone","n":1},"OldImage":{"a":"gone","n":1}}"#,
                #","Keys":{"a":"kept","n":1},"NewImage":{"a":"kept","n":1,"v":3},"OldImage":{"a":"kept","n":1,"v":1}}"#,
                #","Keys":{"a":"new","n":1},"NewImage":{"a":"new","n":1}}"#,
            ])
        #expect(lines[2].hasPrefix("{\"Metadata\":{\"WriteTimestampMicros\":\(from + 1_000_000)}"))
        try exchange.db.exportChanges(
            of: "t", from: .microseconds(from), to: .microseconds(to), path: "new.json", format: .json, images: .new)
        #expect(try !exchange.text("new.json").contains("OldImage"))
    }

    @Test func changesAreCarriedOutByAnImport() throws {
        let exchange = try Exchange()
        for format in [ItemFormat.dynamoDBJSON, .ion] {
            let name = format.rawValue
            try exchange.makeTable(name)
            for n in 0..<5 { try exchange.put(["a": "x", "n": .int(Int64(n))], into: name) }
            try exchange.db.export(name, to: "\(name)-full", format: format)
            let from = exchange.clock.now()
            try exchange.put(["a": "x", "n": 1, "v": 1], into: name)
            try exchange.db.execute("DELETE FROM \(identifier: name) WHERE a = 'x' AND n = 2")
            exchange.clock.advance(seconds: 1)
            try exchange.put(["a": "y", "n": 2], into: name)
            try exchange.db.exportChanges(
                of: name, from: .microseconds(from), path: "\(name)-changes", format: format)
            try exchange.makeTable("\(name)2")
            try exchange.db.import("\(name)-full", into: "\(name)2")
            try exchange.db.import("\(name)-changes", into: "\(name)2")
            #expect(try exchange.items("\(name)2") == exchange.items(name))
        }
    }

    @Test func refusesWhatItCannotDoAndLeavesNothing() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.put(["a": "x", "n": 1, "when": .interval(.months(2))])
        func code(_ statement: Hindsight.Statement) -> DiagnosticCode? {
            do throws(DatabaseError) {
                try exchange.db.execute(statement)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("EXPORT TABLE t TO 'out'") == .valueNotStorable)
        #expect(code("EXPORT TABLE nothing TO 'out'") == .unknownTable)
        #expect(code("EXPORT TABLE t TO 'no/such/folder'") == .fileNotFound)
        #expect(code("EXPORT TABLE t AS OF '2020-01-01T00:00:00Z' TO 'out'") == .exportTimeOutOfWindow)
        #expect(code("EXPORT TABLE t TO 'out' FORMAT PARQUET") == .invalidSetting)
        #expect(code("EXPORT TABLE t CHANGES BETWEEN EARLIEST AND LATEST TO 'out' FORMAT CSV") == .invalidSetting)
        #expect(exchange.directory.contents == [])
        try exchange.db.execute("CREATE TABLE plain (a STRING PARTITION KEY)")
        #expect(code("EXPORT TABLE plain CHANGES BETWEEN '-1m' AND LATEST TO 'out'") == .pointInTimeRecoveryOff)
        try exchange.db.execute("EXPORT TABLE plain TO 'plain.json'")
        #expect(code("EXPORT TABLE plain TO 'plain.json'") == .invalidArgument)
        #expect(exchange.directory.contents == ["plain.json"])
    }
}

struct ImportTests {
    @Test func readsWhatItIsGiven() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.write("{\"a\":\"1\",\"n\":1}\n\n{\"a\":\"1\",\n \"n\":2}\n", "lines.txt")
        try exchange.write("[{\"a\":\"2\",\"n\":1}, {\"a\":\"2\",\"n\":2,\"l\":[\"]\",\"\\\"\"]}]", "array.txt")
        try exchange.write("{\"a\":{\"S\":\"3\"},\"n\":{\"N\":\"1\"},\"s\":{\"SS\":[\"x\"]}}\n", "plain-dynamodb.txt")
        try exchange.write(
            "\u{FEFF}a,n,note,flag\r\n4,1,\"one, \"\"two\"\"\nlines\",true\r\n4,2,,null\r\n", "cells.txt")
        for file in ["lines.txt", "array.txt", "plain-dynamodb.txt", "cells.txt"] {
            try exchange.db.import(file, into: "t")
        }
        #expect(
            try exchange.items("t") == [
                .structure(["a": "1", "n": 1]), .structure(["a": "1", "n": 2]), .structure(["a": "2", "n": 1]),
                .structure(["a": "2", "n": 2, "l": ["]", "\""]]),
                .structure(["a": "3", "n": 1, "s": .bag(["x"])]),
                .structure(["a": "4", "n": 1, "note": "one, \"two\"\nlines", "flag": true]),
                .structure(["a": "4", "n": 2, "flag": .null]),
            ])
    }

    @Test func tellsOfBadLinesAndChangesNothing() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        try exchange.write("{\"a\":\"1\",\"n\":1}\n{\"a\":\"2\"}\n{\"a\":\"3\",\"n\":}\n", "bad.json")
        do {
            try exchange.db.import("bad.json", into: "t")
            Issue.record("a bad file was imported")
        } catch {
            #expect(error.code == .invalidText)
            #expect(error.diagnostics[0].message.hasPrefix("bad.json:2: "))
            #expect(error.diagnostics[0].notes.map { $0.message.hasPrefix("bad.json:3: ") } == [true])
        }
        #expect(try exchange.items("t") == [])
    }

    @Test func damagedExportsAreRefused() throws {
        let exchange = try Exchange()
        try exchange.makeTable()
        for n in 0..<20 { try exchange.put(["a": "x", "n": .int(Int64(n))]) }
        try exchange.db.export("t", to: "out")
        try exchange.makeTable("u")
        for file in exchange.files("out") where !file.hasSuffix("_started") {
            let path = exchange.directory.file("out/" + file)
            guard let whole = FileManager.default.contents(atPath: path) else { continue }
            for position in Swift.stride(from: 0, to: whole.count, by: max(1, whole.count / 9)) {
                var damaged = whole
                damaged[position] ^= 0x04
                try damaged.write(to: URL(fileURLWithPath: path))
                #expect(throws: DatabaseError.self) { try exchange.db.import("out", into: "u") }
            }
            try whole.write(to: URL(fileURLWithPath: path))
        }
        #expect(try exchange.items("u") == [])
        try exchange.db.import("out", into: "u")
        #expect(try exchange.items("u") == exchange.items("t"))
    }

    /// Items of all kinds survive, in each format that has them.
    @Test(arguments: ItemFormat.allCases)
    func itemsSurvive(format: ItemFormat) throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let exchange = try Exchange()
        try exchange.makeTable()
        for n in 0..<60 {
            var item: Structure = ["a": .string("k\(n % 7)"), "n": .int(Int64(n))]
            for name in ["p", "q q", "r"] {
                let value = RandomValue.make(depth: 2, using: &random)
                if format.holds(value) { item.append(name, value) }
            }
            try? exchange.put(item)
        }
        let file = format == .json || format == .csv || format == .csvText ? "out.x" : "out"
        try exchange.db.export("t", to: file, format: format)
        try exchange.makeTable("u")
        try exchange.db.import(file, into: "u", format: format)
        #expect(try exchange.items("u") == exchange.items("t"), "seed \(seed)")
    }

    /// No bytes bring the readers down, and what fails changes nothing.
    @Test func anyBytesAreReadOrRefused() throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let exchange = try Exchange()
        try exchange.makeTable()
        let pieces = [
            "{", "}", "[", "]", "\"", ",", ":", "\n", "\r\n", "\\", "a", "n", "1", "{\"a\":\"x\",\"n\":1}", "null", "é",
            "$ion_1_0 ", "Item", "::", "{\"Item\":", "\u{0}", "-", "a,n\n", "x,1\n", " ",
        ]
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                bytes += pieces.randomElement(using: &random)?.utf8 ?? "".utf8
            }
            if Int.random(in: 0..<10, using: &random) == 0 { bytes = [0x1F, 0x8B] + bytes }
            try Data(bytes).write(to: URL(fileURLWithPath: exchange.directory.file("any")))
            for format in [nil] + ItemFormat.allCases.map(Optional.init) {
                let before = try exchange.items("t").count
                let outcome = try? exchange.db.import("any", into: "t", format: format)
                if outcome == nil { #expect(try exchange.items("t").count == before, "seed \(seed)") }
            }
        }
    }
}

extension ItemFormat {
    /// Whether a value comes back from the format as it was.
    fileprivate func holds(_ value: Value) -> Bool {
        switch (self, value) {
        case (_, .missing): return false
        case (.csvText, .string(let text)): return !text.isEmpty
        case (.csvText, _): return false
        case (.csv, .null), (.csv, .bool), (.csv, .int), (.csv, .string): return true
        case (.csv, .decimal(let number)): return number == number.normalized
        case (.csv, _): return false
        case (_, .null), (_, .bool), (_, .string): return true
        case (_, .int): return true
        case (_, .decimal): return true
        case (.json, .list(let elements)), (.dynamoDBJSON, .list(let elements)), (.ion, .list(let elements)):
            return elements.allSatisfy(holds)
        case (_, .structure(let structure)):
            return Set(structure.fields.map(\.name)).count == structure.fields.count
                && structure.fields.allSatisfy { !$0.name.isEmpty && holds($0.value) }
        case (.dynamoDBJSON, .blob), (.ion, .blob), (.ion, .clob), (.ion, .symbol): return true
        case (.ion, .float(let float)): return !float.isNaN
        case (.ion, .timestamp(let timestamp)): return timestamp.zone == .utc && timestamp.date.year > 0
        case (.dynamoDBJSON, .bag(let elements)), (.ion, .bag(let elements)):
            return !elements.isEmpty && Set(elements).count == elements.count
                && elements.allSatisfy { if case .string = $0 { true } else { false } }
        default: return false
        }
    }
}
