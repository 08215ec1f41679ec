import HindsightSyntax
import Testing

struct CompletenessTests {
    @Test(arguments: [
        "", "  \n", "-- only a comment", "/* done */", "SELECT 1;", "SELECT 1 ; ", "SELECT 1; -- and a comment\n",
        "SELECT '\n;\n';", "SELECT 1; SELECT 2;", "INSERT INTO t << {'a': [1]} >>;", "SELECT 1);", "`{{aGk=}}`;",
        "x\u{2192};",
    ])
    func complete(text: String) {
        #expect(isComplete(text))
    }

    @Test(arguments: [
        "SELECT 1", "SELECT (1;", "SELECT [1;", "{'a': 1;", "<<1;", "SELECT 'a;", "SELECT \"a;", "SELECT `a;", "/* ;",
        "SELECT 1 -- ;", "SELECT 1; SELECT 2", "SELECT 'it''s;",
    ])
    func open(text: String) {
        #expect(!isComplete(text))
    }

    @Test func statementsEndAtTheirSemicolons() {
        let bytes = Array("SELECT ';' -- ;\n; x;y".utf8)
        #expect(statementEnd(in: bytes.span, from: 0) == 17)
        #expect(statementEnd(in: bytes.span, from: 17) == 20)
        #expect(statementEnd(in: bytes.span, from: 20) == nil)
    }
}
