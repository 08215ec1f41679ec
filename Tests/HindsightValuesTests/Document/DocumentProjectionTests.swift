import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct DocumentProjectionTests {
    private let item: Structure = ["id": 7, "a": ["b": [1, "two"]], "none": .null]

    @Test func valuesGoIntoTheirSlots() throws {
        let document = try DocumentEncoder.encode(item)
        let projection = DocumentProjection([
            .init(
                DocumentPath([.attribute("a", ignoringCase: false), .attribute("b", ignoringCase: false), .index(1)]),
                slot: 3),
            .init(DocumentPath(attribute: "id"), slot: 0),
            .init(DocumentPath(attribute: "absent"), slot: 1),
            .init(DocumentPath(attribute: "none"), slot: 4),
            .init(DocumentPath([]), slot: 5),
        ])
        var slots = ContiguousArray<Value>(repeating: "old", count: 8)
        try projection.load(document.rawSpan, into: &slots, at: 1)
        #expect(Array(slots) == ["old", 7, .missing, "old", "two", .null, .structure(item), "old"])
        #expect(DocumentProjection([]).isEmpty)
    }

    @Test func attributesComeInWrittenOrder() throws {
        let document = try DocumentEncoder.encode(item)
        var names: [String] = []
        var values: [Value] = []
        var attributes = try DocumentAttributes(of: document.rawSpan)
        while let attribute = try attributes.next() {
            names.append(String(decoding: document[attribute.name], as: UTF8.self))
            values.append(try Document.value(at: attribute.value, in: document.rawSpan))
        }
        #expect(names == ["id", "a", "none"])
        #expect(values == item.fields.map(\.value))
    }

    @Test func kindsAreSeenInPlace() throws {
        let seed = TestSeed.fresh
        print("DocumentProjectionTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let value = RandomDocuments.value(level: 1, using: &generator)
            let document = try DocumentEncoder.encode(["k": value])
            let offset = try #require(try Read.locate(DocumentPath(attribute: "k"), document))
            let kind = try Document.kind(at: offset, in: document.rawSpan)
            if kind != value.kind { Issue.record("\(value) is taken for \(kind), seed \(seed)") }
        }
    }

    /// The key code of a value in a document is that of the value.
    @Test func keyComponentsComeFromDocuments() throws {
        let seed = TestSeed.fresh
        print("DocumentProjectionTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let value = RandomDocuments.value(level: 1, using: &generator)
            let document = try DocumentEncoder.encode(["k": value])
            #expect(outcome { try key(in: document) } == outcome { try KeyCode.encode([value]) }, "seed \(seed)")
        }
    }

    private func key(in document: [UInt8]) throws -> [UInt8] {
        var key: [UInt8] = []
        let offset = try #require(try Document.locate(DocumentPath(attribute: "k"), in: document.rawSpan))
        try KeyCode.append(valueAt: offset, in: document.rawSpan, to: &key)
        return key
    }

    private func outcome(_ body: () throws -> [UInt8]) -> Result<[UInt8], ValueError> {
        do {
            return .success(try body())
        } catch let error as ValueError {
            return .failure(error)
        } catch {
            return .failure(.typeMismatch)
        }
    }
}
