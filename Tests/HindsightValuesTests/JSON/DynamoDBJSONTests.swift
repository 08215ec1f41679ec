import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct DynamoDBJSONTests {
    private static let item =
        #"{"Id":{"N":"101"},"Title":{"S":"Book 101 \"Title\""},"Price":{"N":"2.5"},"#
        + #""Tags":{"SS":["red","blue"]},"Sizes":{"NS":["1","2.5"]},"Keys":{"BS":["AQ==","Ag=="]},"#
        + #""Cover":{"B":"aGk="},"InStock":{"BOOL":true},"Left":{"NULL":true},"#
        + #""Parts":{"L":[{"S":"a"},{"M":{"x":{"N":"-1"}}},{"L":[]}]},"Empty":{"M":{}}}"#

    @Test func itemsComeAndGo() throws {
        let item = try Structure(dynamoDBItem: Self.item)
        #expect(
            item.description == "{'Id': 101, 'Title': 'Book 101 \"Title\"', 'Price': 2.5, 'Tags': <<'red', 'blue'>>, "
                + "'Sizes': <<1, 2.5>>, 'Keys': <<`{{AQ==}}`, `{{Ag==}}`>>, 'Cover': `{{aGk=}}`, 'InStock': true, "
                + "'Left': NULL, 'Parts': ['a', {'x': -1}, []], 'Empty': {}}")
        #expect(try item.dynamoDBItem == Self.item)
    }

    @Test func numbersAreNormalised() throws {
        for (written, kept) in [
            ("1E3", "1000"), ("-1.5e-3", "-0.0015"), ("2.50", "2.5"), ("-0", "0"),
            ("1E20", "1" + String(repeating: "0", count: 20)),
        ] {
            #expect(try Value(dynamoDBJSON: "{\"N\":\"\(written)\"}").dynamoDBJSON == "{\"N\":\"\(kept)\"}")
        }
        #expect(try Value.float(0.1).dynamoDBJSON == #"{"N":"0.1"}"#)
        #expect(try Value.decimal("1E-130").dynamoDBJSON == "{\"N\":\"0." + String(repeating: "0", count: 129) + "1\"}")
    }

    @Test(arguments: [
        ("1", 0), (#"{"S":1}"#, 5), (#"{"X":"a"}"#, 1), ("{}", 1), (#"{"S":"a","N":"1"}"#, 9), (#"{"N":"a"}"#, 6),
        (#"{"N":"1x"}"#, 7), (#"{"N":""}"#, 6), (#"{"B":"a"}"#, 7), (#"{"B":"!AAA"}"#, 6), (#"{"NULL":false}"#, 8),
        (#"{"BOOL":"true"}"#, 8), (#"{"SS":[]}"#, 6), (#"{"SS":["a","a"]}"#, 11), (#"{"NS":["1","1.0"]}"#, 11),
        (#"{"SS":["a",1]}"#, 11), (#"{"L":[1]}"#, 6), (#"{"M":{"a":1}}"#, 10), (#"{"L":{}}"#, 5), ("[]", 0),
        ("null", 0),
    ])
    func refusesOtherForms(text: String, offset: Int) {
        #expect(throws: ValueError.invalidDynamoDBJSON(offset: offset)) { try Value(dynamoDBJSON: text) }
    }

    @Test func otherFaultsKeepTheirNames() {
        #expect(throws: ValueError.invalidJSON(.unexpectedEnd, offset: 5)) { try Value(dynamoDBJSON: #"{"S":"#) }
        #expect(throws: ValueError.invalidJSON(.trailingContent, offset: 9)) { try Value(dynamoDBJSON: #"{"S":"a"}x"#) }
        #expect(throws: ValueError.numberTooPrecise) {
            try Value(dynamoDBJSON: "{\"N\":\"" + String(repeating: "1", count: 39) + "\"}")
        }
        #expect(throws: ValueError.invalidDynamoDBJSON(offset: 0)) { try Structure(dynamoDBItem: "[]") }
    }

    @Test func whatDynamoDBLacksIsRefused() throws {
        let refused: [(Value, ValueKind)] = [
            (.missing, .missing), (.clob([]), .clob), (.sexp([]), .sexp), (.bag([]), .bag),
            (.bag([1, .decimal("1.0")]), .bag),
            (.bag([1, "a"]), .bag), (.bag([true]), .bool), (.float(.nan), .float), ([.missing], .missing),
            (.interval(.months(1)), .interval), (.date(ValueEqualityTests.date("2026-05-01")), .date),
        ]
        for (value, kind) in refused {
            #expect(throws: ValueError.notExpressible(kind, .dynamoDBJSON)) { try value.dynamoDBJSON }
        }
        #expect(try (["a": .missing, "b": 1] as Value).dynamoDBJSON == #"{"M":{"b":{"N":"1"}}}"#)
        #expect(throws: ValueError.numberOverflow) { try Value.float(1e200).dynamoDBJSON }
    }

    @Test func randomItemsComeBack() throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<2000 {
            let value = RandomValue.make(depth: 3, using: &random)
            guard let text = try? value.dynamoDBJSON else { continue }
            let again = try Value(dynamoDBJSON: text)
            #expect(try again.dynamoDBJSON == text)
        }
    }
}
