import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct DocumentCodeTests {
    private func encode(_ fields: (String, Value)..., keys: [String] = []) throws -> [UInt8] {
        let item = Structure(fields: fields.map { Structure.Field(name: $0.0, value: $0.1) })
        return try DocumentEncoder.encode(item, keyAttributes: keys)
    }

    /// The bytes of one value as an attribute has it.
    private func code(_ value: Value) throws -> [UInt8] {
        Array(try encode(("a", value)).dropFirst(7))
    }

    @Test func bytesAreAsDrawn() throws {
        let document = try encode(("id", 7), ("tags", .list(["a"])))
        #expect(
            document == [
                0x01, 0x6C, 0x14, 0x02, 0x05, 0x09, 0x02, 0x69, 0x64, 0x97, 0x04, 0x74, 0x61, 0x67, 0x73, 0x60, 0x06,
                0x01, 0x04, 0xC1, 0x61,
            ])
    }

    @Test func scalarsAreAsDrawn() throws {
        #expect(try code(.null) == [0x00])
        #expect(try code(.bool(false)) == [0x01])
        #expect(try code(.bool(true)) == [0x02])
        #expect(try code(.float(1.5)) == [0x03, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F])
        #expect(try code(.int(-16)) == [0x80])
        #expect(try code(.int(47)) == [0xBF])
        #expect(try code(.int(-17)) == [0x08, 0xEF])
        #expect(try code(.int(127)) == [0x08, 0x7F])
        #expect(try code(.int(128)) == [0x09, 0x80, 0])
        #expect(try code(.int(1_000_000)) == [0x0A, 0x40, 0x42, 0x0F])
        #expect(try code(.int(.min)) == [0x0F, 0, 0, 0, 0, 0, 0, 0, 0x80])
        #expect(try code(.decimal("12.50")) == [0x12, 0xFE, 0xE2, 0x04])
        #expect(try code(.decimal("-1")) == [0x31, 0x00, 0x01])
        #expect(try code(.decimal("0.00")) == [0x10, 0xFE])
        #expect(try code(.decimal("1E-130")) == [0x11, 0x80, 0x7E, 0xFF, 0x01])
        #expect(try code(.string("")) == [0xC0])
        #expect(try code(.string("é")) == [0xC2, 0xC3, 0xA9])
        #expect(try code(.string(String(repeating: "x", count: 64))).prefix(3) == [0x50, 64, 0x78])
        #expect(try code(.symbol("s")) == [0x54, 1, 0x73])
        #expect(try code(.blob([9])) == [0x58, 1, 9])
        #expect(try code(.clob([])) == [0x5C, 0])
        #expect(try code(.list([])) == [0x60, 3, 0])
        #expect(try code(.structure(Structure())) == [0x6C, 3, 0])
    }

    @Test func timesAreAsDrawn() throws {
        let date = try #require(CalendarDate(year: 2026, month: 5, day: 1))
        #expect(try code(.date(date)) == [0x48, 0xEA, 0x07, 0, 0, 5, 1])
        let time = try #require(TimeOfDay(hour: 0, minute: 0, second: 1, offsetMinutes: 60, fractionDigits: 2))
        #expect(try code(.time(time)) == [0x49, 0x00, 0xCA, 0x9A, 0x3B, 0, 0, 0, 0, 60, 0, 2])
        let timestamp = try Timestamp(seconds: 86_400, nanoseconds: 0, zone: .unknown, precision: .day)
        let bytes = try code(.timestamp(timestamp))
        #expect(bytes == [0x4A, 0x80, 0x51, 1] + Array(repeating: 0, count: 9) + [0x01, 0x80, 2])
        #expect(try code(.interval(.months(-1))) == [0x4B, 0] + Array(repeating: 0xFF, count: 8) + [0, 0, 0, 0])
    }

    /// All widths of ints, of lengths, and of containers, one below, at, and one above each edge.
    @Test func valuesComeBackAtTheEdgesOfWidths() throws {
        for shift in 0..<64 {
            for difference in -2...2 as ClosedRange<Int64> {
                for int in [Int64(1) << shift &+ difference, 0 &- (Int64(1) << shift &+ difference)] {
                    let document = try encode(("a", .int(int)))
                    #expect(try Read.item(document)["a"] == .int(int))
                    try Read.validate(document)
                }
            }
        }
        for length in [0, 1, 62, 63, 64, 200, 235, 240, 245, 250, 254, 255, 256, 65_500, 65_535, 65_536, 65_540] {
            let value = Value.list([.string(String(repeating: "x", count: length)), .blob([1]), .int(length.asInt64)])
            let document = try encode(("before", 1), ("a", value), ("after", 2))
            #expect(try Read.item(document)["a"]?.isIdentical(to: value) == true, "length \(length)")
            let path = DocumentPath([.attribute("a", ignoringCase: false), .index(2)])
            #expect(try Read.value(path, document) == .int(length.asInt64))
            try Read.validate(document)
        }
    }

    /// Containers of every size around the edges of one and two bytes.
    @Test(arguments: [200...290, 65_500...65_560] as [ClosedRange<Int>])
    func containersComeBackAtTheEdgesOfWidths(sizes: ClosedRange<Int>) throws {
        for size in sizes {
            let item = Structure(fields: [
                .init(name: "text", value: .string(String(repeating: "x", count: size))),
                .init(name: "n", value: .int(1)),
            ])
            let document = try DocumentEncoder.encode(item)
            try Read.validate(document)
            #expect(try Read.item(document).isIdentical(to: item))
        }
    }

    @Test func randomItemsComeBack() throws {
        let seed = TestSeed.fresh
        print("DocumentCodeTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var encoder = DocumentEncoder()
        for _ in 0..<1_500 {
            let item = RandomDocuments.item(using: &generator)
            try encoder.encode(item)
            #expect(try Read.item(encoder.bytes).isIdentical(to: item), "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try Read.validate(encoder.bytes) }
        }
    }

    @Test func keyAttributesComeFirst() throws {
        let document = try encode(("a", 1), ("sort", 2), ("b", 3), ("part", .string("p")), keys: ["part", "sort"])
        #expect(try Read.item(document).fields.map(\.name) == ["part", "sort", "a", "b"])
        #expect(try Read.item(document)["part"] == .string("p"))
        try Read.validate(document)
        let inOrder = try encode(("part", 1), ("sort", 2), ("b", 3), keys: ["part", "sort"])
        #expect(try Read.item(inOrder).fields.map(\.name) == ["part", "sort", "b"])
        let absent = try encode(("a", 1), ("sort", 2), keys: ["part", "sort"])
        #expect(try Read.item(absent).fields.map(\.name) == ["sort", "a"])
    }

    @Test func namesThatRepeatSurviveInside() throws {
        let inner = Structure(fields: [
            .init(name: "x", value: 1), .init(name: "y", value: 2), .init(name: "x", value: 3),
            .init(name: "x", value: 4),
        ])
        let document = try encode(("a", .structure(inner)))
        try Read.validate(document)
        guard case .structure(let read)? = try Read.item(document)["a"] else { throw ValueError.typeMismatch }
        #expect(read.isIdentical(to: inner))
        let path = DocumentPath([.attribute("a", ignoringCase: false), .attribute("x", ignoringCase: false)])
        #expect(try Read.value(path, document) == 1)
    }

    @Test func documentsAreCompact() throws {
        let book = Structure(fields: [
            .init(name: "Id", value: 101), .init(name: "Title", value: "Book 101 Title"),
            .init(name: "ISBN", value: "111-1111111111"), .init(name: "Authors", value: .list(["Author1"])),
            .init(name: "Price", value: 2), .init(name: "Dimensions", value: "8.5 x 11.0 x 0.5"),
            .init(name: "PageCount", value: 500), .init(name: "InPublication", value: .bool(true)),
            .init(name: "ProductCategory", value: "Book"),
        ])
        let json = """
            {"Id":101,"Title":"Book 101 Title","ISBN":"111-1111111111","Authors":["Author1"],"Price":2,\
            "Dimensions":"8.5 x 11.0 x 0.5","PageCount":500,"InPublication":true,"ProductCategory":"Book"}
            """
        #expect(json.utf8.count == 185)
        let document = try DocumentEncoder.encode(book)
        #expect(document.count == 163)
    }

    @Test func missingIsLeftOutOfStructsAndRefusedInLists() throws {
        let inner = Structure(fields: [.init(name: "x", value: .missing), .init(name: "y", value: .null)])
        let document = try encode(("a", .missing), ("b", .structure(inner)))
        let item = try Read.item(document)
        #expect(item.fields.map(\.name) == ["b"])
        #expect(item["b"] == .structure(Structure(fields: [.init(name: "y", value: .null)])))
        for collection in [Value.list([.missing]), .bag([.missing]), .sexp([.missing])] {
            #expect(throws: ValueError.missingElement) { try encode(("a", collection)) }
        }
    }

    // MARK: Limits

    @Test func namesHaveLimits() throws {
        #expect(throws: ValueError.emptyAttributeName) { try encode(("", 1)) }
        let inner = Structure(fields: [.init(name: "", value: 1)])
        #expect(throws: ValueError.emptyAttributeName) { try encode(("a", .structure(inner))) }
        #expect(throws: ValueError.duplicateAttribute("b")) { try encode(("a", 1), ("b", 1), ("b", 2)) }
        let composed = "\u{E9}"
        let decomposed = "e\u{301}"
        #expect(try Read.item(encode((composed, 1), (decomposed, 2))).count == 2)
        for length in [254, 255, 256, 65_535] {
            let name = String(repeating: "n", count: length)
            let document = try encode(("a", 1), (name, 2))
            try Read.validate(document)
            #expect(try Read.value(DocumentPath(attribute: name), document) == 2)
            #expect(try Read.item(document).fields.last?.name == name)
        }
        #expect(throws: ValueError.attributeNameTooLong(bytes: 65_536, limit: 65_535)) {
            try encode((String(repeating: "n", count: 65_536), 1))
        }
        #expect(throws: ValueError.duplicateAttribute(String(repeating: "n", count: 300))) {
            try encode((String(repeating: "n", count: 300), 1), (String(repeating: "n", count: 300), 1))
        }
    }

    /// As the service counts: a leaf inside 31 maps is the deepest.
    @Test func nestingHasALimit() throws {
        func nested(_ depth: Int, around leaf: Value) -> Value {
            (0..<depth).reduce(leaf) { value, level in
                level % 2 == 0 ? .list([value]) : .structure(Structure(fields: [.init(name: "n", value: value)]))
            }
        }
        let deepest = try encode(("a", nested(31, around: "leaf")))
        try Read.validate(deepest)
        #expect(try Read.item(deepest)["a"] == nested(31, around: "leaf"))
        #expect(throws: ValueError.nestingTooDeep(limit: 32)) { try encode(("a", nested(32, around: "leaf"))) }
        #expect(throws: ValueError.nestingTooDeep(limit: 32)) { try encode(("a", nested(100, around: "leaf"))) }
    }

    @Test func sizesAreCountedAsDynamoDBDoes() throws {
        #expect(try Read.size(encode()) == 0)
        #expect(try Read.size(encode(("ab", .string("é")))) == 4)
        #expect(try Read.size(encode(("a", .null), ("b", .bool(true)))) == 4)
        #expect(try Read.size(encode(("a", 12))) == 3)
        #expect(try Read.size(encode(("a", 123))) == 4)
        #expect(try Read.size(encode(("a", -1200))) == 4)
        #expect(try Read.size(encode(("a", 0))) == 2)
        #expect(try Read.size(encode(("a", .decimal("123.4500")))) == 5)
        #expect(try Read.size(encode(("a", .blob([1, 2, 3])))) == 4)
        #expect(try Read.size(encode(("a", .list([1, "xy"])))) == 1 + 3 + 2 + 2 + 2)
        #expect(try Read.size(encode(("a", .bag([1, 2])))) == 5)
        let inner = Structure(fields: [.init(name: "bc", value: .null)])
        #expect(try Read.size(encode(("a", .structure(inner)))) == 1 + 3 + 1 + 2 + 1)
    }

    @Test func itemsHaveALimit() throws {
        let largest = String(repeating: "x", count: 409_599)
        #expect(try Read.size(encode(("a", .string(largest)))) == 409_600)
        #expect(throws: ValueError.documentTooLarge(bytes: 409_601, limit: 409_600)) {
            try encode(("a", .string(largest + "x")))
        }
        // Small ints count most beyond their bytes here: 3 and 1 for the element.
        let ints = Value.list(Array(repeating: -16, count: 102_399))
        #expect(try Read.size(encode(("a", ints))) == 4 + 4 * 102_399)
        #expect(throws: ValueError.documentTooLarge(bytes: 409_604, limit: 409_600)) {
            try encode(("a", .list(Array(repeating: -16, count: 102_400))))
        }
    }
}

extension Int {
    fileprivate var asInt64: Int64 { Int64(self) }
}
