import Hindsight
import Testing

struct StatementTests {
    @Test func interpolatedValuesBecomeParameters() {
        let artist = "x' OR 1 = 1 --"
        let statement: Statement = "SELECT * FROM Music WHERE Artist = \(artist) AND Year > \(1990)"
        #expect(statement.text == "SELECT * FROM Music WHERE Artist = ? AND Year > ?")
    }

    @Test func identifiersAreQuoted() {
        let table = "a\"b"
        let statement: Statement = "DROP TABLE \(identifier: table)"
        #expect(statement.text == "DROP TABLE \"a\"\"b\"")
    }

    @Test func literalsHaveNoParameters() {
        let statement: Statement = "SELECT '?' FROM t"
        #expect(statement.text == "SELECT '?' FROM t")
    }
}
