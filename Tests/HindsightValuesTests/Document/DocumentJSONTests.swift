import HindsightTestSupport
import Testing

@testable import HindsightValues

/// Documents straight from JSON against documents of values from JSON.
@Suite struct DocumentJSONTests {
    private func document(json text: String, keys: [String] = []) throws -> [UInt8] {
        var encoder = DocumentEncoder(keyAttributes: keys)
        try encoder.encode(json: Array(text.utf8).span)
        return encoder.bytes
    }

    private func document(dynamoDBItem text: String) throws -> [UInt8] {
        var encoder = DocumentEncoder()
        try encoder.encode(dynamoDBItem: Array(text.utf8).span)
        return encoder.bytes
    }

    /// The document, or the error, over values.
    private func viaValues(json text: String) -> Result<[UInt8], ValueError> {
        outcome {
            guard case .structure(let item) = try Value(json: text) else { throw ValueError.typeMismatch }
            return try DocumentEncoder.encode(item)
        }
    }

    private func outcome(_ body: () throws -> [UInt8]) -> Result<[UInt8], ValueError> {
        do {
            return .success(try body())
        } catch {
            return .failure(error as? ValueError ?? .typeMismatch)
        }
    }

    @Test func objectsBecomeDocuments() throws {
        let text = #" {"a": 1, "b\n": [true, null, -2.50, "x\u00e9\ud83d\ude00"], "c": {"d": {}, "d": []}, "e": ""} "#
        let document = try document(json: text)
        try Read.validate(document)
        #expect(try viaValues(json: text).get() == document)
        #expect(
            try Value.structure(Read.item(document)).isIdentical(to: [
                "a": 1, "b\n": [true, .null, .decimal("-2.50"), "x\u{E9}\u{1F600}"], "c": ["d": [:], "d": []], "e": "",
            ]))
    }

    @Test func keyAttributesComeFirst() throws {
        let document = try document(json: #"{"a":1,"sort":2,"b":{"sort":0},"part":"p"}"#, keys: ["part", "sort"])
        try Read.validate(document)
        #expect(try Read.item(document).fields.map(\.name) == ["part", "sort", "a", "b"])
        #expect(try Read.item(document)["b"] == ["sort": 0])
    }

    @Test func objectsFollowEachOther() throws {
        let text = Array(" {\"a\":1}\n{\"a\":2} \n\n[]".utf8)
        var encoder = DocumentEncoder()
        var position = 0
        try encoder.encode(json: text.span, at: &position)
        #expect(try Read.item(encoder.bytes) == ["a": 1])
        try encoder.encode(json: text.span, at: &position)
        #expect(try Read.item(encoder.bytes) == ["a": 2])
        #expect(position == 16)
        #expect(throws: ValueError.invalidJSON(.unexpectedByte, offset: 19)) {
            try encoder.encode(json: text.span, at: &position)
        }
        #expect(position == 16)
    }

    @Test func faultsAreRefused() {
        #expect(throws: ValueError.duplicateAttribute("b")) { try document(json: #"{"a":1,"b":2,"b":3}"#) }
        #expect(throws: ValueError.emptyAttributeName) { try document(json: #"{"":1}"#) }
        #expect(throws: ValueError.emptyAttributeName) { try document(json: #"{"a":{"":1}}"#) }
        #expect(throws: ValueError.invalidJSON(.trailingContent, offset: 9)) { try document(json: #"{"a": 1} x"#) }
        #expect(throws: ValueError.invalidJSON(.unexpectedByte, offset: 1)) { try document(json: " 1") }
        #expect(throws: ValueError.invalidJSON(.unexpectedEnd, offset: 5)) { try document(json: #"{"a":"#) }
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(throws: ValueError.nestingTooDeep(limit: 32)) { try document(json: "{\"a\":\(deep)}") }
        let largest = String(repeating: "x", count: 409_599)
        #expect(throws: Never.self) { try document(json: "{\"a\":\"\(largest)\"}") }
        #expect(throws: ValueError.documentTooLarge(bytes: 409_601, limit: 409_600)) {
            try document(json: "{\"a\":\"\(largest)x\"}")
        }
    }

    @Test func typedItemsBecomeDocuments() throws {
        let text = """
            {"Id": {"N": "101"}, "Title": {"S": "Book \\"1\\""}, "Price": {"N": "2.50"}, "Bin": {"B": "AAH/"},
             "Yes": {"BOOL": true}, "None": {"NULL": true}, "Tags": {"SS": ["a", "b"]}, "Ns": {"NS": ["1", "2.5"]},
             "List": {"L": [{"N": "1"}, {"L": []}]}, "Map": {"M": {"x": {"M": {}}, "y": {"S": ""}}}}
            """
        let document = try document(dynamoDBItem: text)
        try Read.validate(document)
        #expect(try document == DocumentEncoder.encode(Structure(dynamoDBItem: text)))
        #expect(try Read.item(document)["Ns"] == .bag([1, .decimal("2.5")]))
    }

    /// Whatever becomes of a text by way of values becomes of it directly, down to the error.
    @Test func changedTextsFareAsOverValues() throws {
        let seed = TestSeed.fresh
        print("DocumentJSONTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let texts = [
            #"{"id":7,"name":"x\ty","list":[1,2.50,[],{}],"nested":{"a":{"b":null},"a":true},"e":1E2}"#,
            #"{"longer_name":"a text of more than a few bytes","n":-12345678901234567890,"é":"é"}"#,
        ]
        for _ in 0..<8_000 {
            let text = mutated(texts.randomElement(using: &generator) ?? "", using: &generator)
            let direct = outcome { try document(json: text) }
            let overValues = viaValues(json: text)
            // One that stops at its first fault may find another fault than one that reads the whole text first.
            if (try? direct.get()) != (try? overValues.get()) { Issue.record("\(text), seed \(seed)") }
            if let document = try? direct.get() { try Read.validate(document) }
        }
    }

    @Test func changedTypedTextsFareAsOverValues() throws {
        let seed = TestSeed.fresh
        print("DocumentJSONTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let text =
            #"{"i":{"N":"7"},"s":{"SS":["a","b"]},"l":{"L":[{"S":"x"},{"M":{"b":{"B":"AAH/"}}}]},"n":{"NULL":true}}"#
        for _ in 0..<8_000 {
            let text = mutated(text, using: &generator)
            let direct = outcome { try document(dynamoDBItem: text) }
            let overValues = outcome { try DocumentEncoder.encode(Structure(dynamoDBItem: text)) }
            if (try? direct.get()) != (try? overValues.get()) { Issue.record("\(text), seed \(seed)") }
        }
    }

    private func mutated(_ text: String, using generator: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            let replacement = Array("{}[]\":,0a\\e-.".utf8).randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[position] = replacement
            case 1: bytes.insert(replacement, at: position)
            default: bytes.remove(at: position)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
