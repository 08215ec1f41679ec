import Foundation
import Hindsight
import Testing

private struct Track: Codable, Equatable {
    struct Label: Codable, Equatable {
        var name: String
        var since: Int16?
    }

    var artist: String
    var year: Int?
    var price: Number
    var rating: Double
    var tags: [String]
    var label: Label?
    var chapters: [[Int]]
    var cover: Data
    var added: Date
}

private final class Derived: Codable {
    let id: UInt64

    init(id: UInt64) {
        self.id = id
    }
}

struct ValueCodingTests {
    private let track = Track(
        artist: "Björk", year: nil, price: "1.29", rating: 4.5, tags: ["pop", "日本"],
        label: .init(name: "One Little", since: 1985), chapters: [[1, 2], []], cover: Data([0, 255]),
        added: Date(timeIntervalSince1970: 1_777_636_800.25))

    @Test func aStructComesBackAsItWas() throws {
        let value = try ValueEncoder().encode(track)
        #expect(try ValueDecoder().decode(Track.self, from: value) == track)
    }

    @Test func nativeTypesStayThemselves() throws {
        guard case .structure(let fields) = try ValueEncoder().encode(track) else {
            Issue.record("a struct must encode as one")
            return
        }
        #expect(fields["price"] == .decimal("1.29"))
        #expect(fields["cover"] == .blob([0, 255]))
        #expect(fields["rating"] == .float(4.5))
        #expect(fields["tags"] == .list([.string("pop"), .string("日本")]))
        #expect(fields["added"] == .timestamp(try Timestamp(microsecondsSince1970: 1_777_636_800_250_000)))
        #expect(fields["year"] == nil, "a nil attribute is not written")
    }

    @Test func fieldsKeepTheOrderOfWriting() throws {
        guard case .structure(let fields) = try ValueEncoder().encode(track) else { return }
        let written = ["artist", "price", "rating", "tags", "label", "chapters", "cover", "added"]
        #expect(fields.fields.map(\.name) == written)
    }

    @Test func wholeNumbersOfEveryKindDecodeAsIntegers() throws {
        for value in [Value.int(7), .decimal("7"), .decimal("7.00"), .float(7)] {
            #expect(try ValueDecoder().decode(Int.self, from: value) == 7)
            #expect(try ValueDecoder().decode(UInt8.self, from: value) == 7)
        }
    }

    @Test(arguments: [Value.decimal("7.5"), .int(256), .int(-1), .string("7"), .null])
    func whatIsNoByteIsRefused(value: Value) {
        #expect(throws: DecodingError.self) { try ValueDecoder().decode(UInt8.self, from: value) }
    }

    @Test func aMissingAttributeIsNamed() {
        let value = Value.structure(Structure(fields: [.init(name: "name", value: .string("x"))]))
        do {
            _ = try ValueDecoder().decode(Track.self, from: value)
            Issue.record("the attribute \"artist\" is missing")
        } catch let DecodingError.keyNotFound(key, context) {
            #expect(key.stringValue == "artist")
            #expect(context.debugDescription == "no attribute \"artist\" among: name")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func missingAndNullAreNil() throws {
        let fields = [Structure.Field(name: "name", value: .string("x")), .init(name: "since", value: .missing)]
        let label = try ValueDecoder().decode(Track.Label.self, from: .structure(Structure(fields: fields)))
        #expect(label == .init(name: "x", since: nil))
        #expect(try ValueDecoder().decode(Int?.self, from: .null) == nil)
    }

    @Test func integersBeyond64BitsAreRefused() {
        #expect(throws: EncodingError.self) { try ValueEncoder().encode(Derived(id: .max)) }
    }

    @Test func arraysAndDictionariesEncode() throws {
        #expect(try ValueEncoder().encode([1, 2]) == .list([.int(1), .int(2)]))
        #expect(
            try ValueEncoder().encode(["a": [nil, 2]])
                == .structure(Structure(fields: [.init(name: "a", value: .list([.null, .int(2)]))])))
        #expect(
            try ValueDecoder().decode([String: [Int?]].self, from: ValueEncoder().encode(["a": [nil, 2]])) == [
                "a": [nil, 2]
            ])
    }
}
