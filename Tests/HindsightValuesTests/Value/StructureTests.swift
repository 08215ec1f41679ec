import HindsightValues
import Testing

@Suite struct StructureTests {
    private let item: Structure = ["Id": 1, "id": 2, "Id": 3, "é": 4]

    @Test func exactNamesFindTheFirst() {
        #expect(item["Id"] == 1)
        #expect(item["id"] == 2)
        #expect(item["ID"] == nil)
        #expect(item["é"] == 4)
        #expect(item["e\u{301}"] == nil)
    }

    @Test func otherCasesAreFoundUnlessAmbiguous() {
        let plain: Structure = ["Title": "x", "Title": "y", "É": 1]
        guard case .one(let title) = plain.match(ignoringCase: "TITLE") else {
            Issue.record("not found")
            return
        }
        #expect(title == "x")
        guard case .ambiguous(let first) = item.match(ignoringCase: "iD") else {
            Issue.record("not ambiguous")
            return
        }
        #expect(first == 1)
        if case .none = plain.match(ignoringCase: "titles") {} else { Issue.record("found") }
        if case .none = plain.match(ignoringCase: "é") {} else { Issue.record("only ASCII letters are folded") }
        if case .none = plain.match(ignoringCase: "[ITLE") {} else { Issue.record("found") }
    }

    @Test func settingReplacesAddsAndRemoves() {
        var copy = item
        copy["id"] = "new"
        copy["more"] = 5
        copy["Id"] = nil
        #expect(copy.description == "{'id': 'new', 'é': 4, 'more': 5}")
    }

    @Test func pathsGoThroughValues() {
        let value: Value = ["a": ["b": [1, 2, ["c": true]]]]
        #expect(value["a"]["b"][2]["c"] == true)
        #expect(value["a"]["x"][0].isMissing)
        #expect(value["a"]["b"][3].isMissing)
        #expect(value["a"]["b"][-1].isMissing)
        #expect(Value.bag([1])[0].isMissing)
    }

    @Test func payloadsAreReachedByKind() {
        #expect(Value.decimal("3.0").intValue == 3)
        #expect(Value.float(2.5).intValue == nil)
        #expect(Value.int(3).numberValue == 3)
        #expect(Value.decimal("0.5").doubleValue == 0.5)
        #expect(Value.symbol("a").stringValue == "a")
        #expect(Value.sexp([1]).elements?.count == 1)
        #expect(Value.clob([1]).bytesValue == [1])
        #expect(Value.string("1").intValue == nil)
        #expect(Value(normalizing: "10.0").description == "10")
        #expect(Value(normalizing: "10.50").description == "10.5")
    }
}
