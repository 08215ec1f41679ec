@testable import HindsightQuery
@testable import HindsightSyntax

/// Makes a small statement out of bytes, a choice each; zeros when they are used up, which are the simplest choices.
struct StatementMaker {
    private var choices: ArraySlice<UInt8>

    init(choices: ArraySlice<UInt8>) {
        self.choices = choices
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(choices.popFirst() ?? 0) % elements.count]
    }

    /// A choice among more than 256: two bytes.
    private mutating func pickWidely<Element>(_ elements: [Element]) -> Element {
        let high = Int(choices.popFirst() ?? 0)
        return elements[(high << 8 | Int(choices.popFirst() ?? 0)) % elements.count]
    }

    private mutating func isChosen() -> Bool { pick([false, true]) }

    mutating func statement() -> String {
        switch pick(Array(0..<13)) {
        case 0...3: expression(4)
        case 4, 5: query()
        case 8: recursiveQuery()
        case 9: windowQuery()
        case 10: match()
        case 11: "REVERT TABLE t TO \(moment())" + (isChosen() ? " WHERE \(expression(2))" : "")
        case 12: "DELETE FROM t WHERE \(expression(2)) RETURNING ALL OLD *"
        case 6: "UPDATE t SET \(attribute()) = \(expression(2)) WHERE \(expression(2)) RETURNING ALL NEW *"
        default: "INSERT INTO t VALUE {'k': \(expression(1)), 's': \(expression(1)), 'v': \(expression(2))}"
        }
    }

    private mutating func query() -> String {
        var text = isChosen() ? "SELECT VALUE \(expression(3))" : "SELECT \(item()), \(item()) AS y"
        if isChosen() { text += " EXCLUDE x" + pick([".a", ".b[0]", ".b[*].c", ".*", "['d']", ".b[1].*, x.a"]) }
        text += " FROM " + source()
        if isChosen() { text += " LEFT JOIN \(expression(1)) AS w ON \(expression(2))" }
        if isChosen() { text += " WHERE \(expression(3))" }
        if isChosen() { text += " GROUP BY \(expression(2)) AS g GROUP AS gs" }
        if isChosen() { text += " HAVING \(expression(2))" }
        if isChosen() { text += " ORDER BY \(expression(2)) " + pick(["ASC", "DESC"]) + pick(["", " NULLS FIRST"]) }
        if isChosen() { text += " LIMIT \(expression(1))" }
        if isChosen() { text += " OFFSET \(expression(1))" }
        return text
    }

    private mutating func source() -> String {
        switch pick(Array(0..<7)) {
        case 0: "t AS x"
        case 1: "u AS x"
        case 2: "t AS x, x.b AS z"
        case 3: "<<1, NULL, 'a', 2.0, [3]>> AS x AT i"
        case 4: pick(["t.ByA", "t.ByD", "u.ByN"]) + " AS x"
        case 5: "t AS OF \(moment()) AS x"
        default: "t VERSIONS BETWEEN \(moment()) AND \(moment()) AS x"
        }
    }

    private mutating func moment() -> String {
        pick(["LATEST", "calm", "EARLIEST", "'2026-05-01T12:00:00.000004Z'", "'-1s'", expression(1)])
    }

    private mutating func recursiveQuery() -> String {
        "WITH RECURSIVE r(x, d) AS (" + pick(["VALUES (1, 2)", "SELECT \(expression(2)) AS x, d FROM t"])
            + pick([" UNION ", " UNION ALL "]) + "SELECT \(expression(2)), r.d + 1 FROM r WHERE \(expression(2))) "
            + "SELECT x, d FROM r LIMIT 30"
    }

    private mutating func windowQuery() -> String {
        let function = pick([
            "ROW_NUMBER()", "RANK()", "DENSE_RANK()", "PERCENT_RANK()", "CUME_DIST()", "NTILE(\(expression(1)))",
            "LAG(\(expression(1)), \(expression(1)))", "LEAD(x.d)", "FIRST_VALUE(\(expression(1)))", "LAST_VALUE(x.d)",
            "SUM(\(expression(1)))", "COUNT(*)", "MAX(x.d)",
        ])
        var window = isChosen() ? "PARTITION BY \(expression(1)) " : ""
        window += "ORDER BY \(expression(2))" + pick(["", " DESC"])
        if isChosen() {
            let ends = [
                "UNBOUNDED PRECEDING", "\(expression(1)) PRECEDING", "CURRENT ROW", "\(expression(1)) FOLLOWING",
            ]
            window += pick([" ROWS ", " RANGE "]) + "BETWEEN " + pick(ends) + " AND " + pick(ends)
        }
        return "SELECT VALUE \(function) OVER (\(window)) FROM \(source())"
    }

    /// A pattern of up to three nodes with the edges between them.
    private mutating func match() -> String {
        var pattern = node("a")
        for name in ["b", "c"] where isChosen() {
            pattern += pick(["->", "<-", "~", "-[e:e]->", "-[e]-", "<-[e WHERE \(expression(1))]-", "-[:!f]->"])
            pattern += pick(["", "{1,3}", "*", "+", "?"]) + node(name)
        }
        let selector = pick(["", "ANY SHORTEST ", "ALL SHORTEST ", "ANY ", "SHORTEST 2 GROUP "])
        let restrictor = pick(["", "TRAIL ", "ACYCLIC ", "SIMPLE "])
        return "SELECT VALUE (u.g MATCH \(selector)\(restrictor)\(pattern)) FROM u WHERE u.id = 'graph'"
    }

    private mutating func node(_ name: String) -> String {
        "(" + pick([name, "", "\(name):A", "\(name):A&!B", "\(name) WHERE \(expression(1))", "a"]) + ")"
    }

    private mutating func item() -> String {
        guard isChosen() else { return expression(2) + " AS v" }
        let aggregate = pick(["COUNT", "SUM", "AVG", "MIN", "MAX", "EVERY", "ANY", "SOME"])
        return aggregate + "(" + pick(["", "DISTINCT "]) + expression(2) + ") AS a"
    }

    private mutating func attribute() -> String {
        pick(["d", "b.c", "b[0]", "b", "x", "n"])
    }

    mutating func expression(_ depth: Int) -> String {
        guard depth > 0 else { return leaf() }
        switch pick(Array(0..<12)) {
        case 0: return leaf()
        case 1, 2, 3: return call(depth)
        case 4, 5: return "(\(expression(depth - 1)) \(pick(Self.operators)) \(expression(depth - 1)))"
        case 6: return pick(["-", "NOT ", "+"]) + "(\(expression(depth - 1)))"
        case 7: return pick(["CAST", "CAN_CAST"]) + "(\(expression(depth - 1)) AS \(pick(Self.types)))"
        case 8:
            return "CASE WHEN \(expression(depth - 1)) THEN \(expression(depth - 1)) ELSE \(expression(depth - 1)) END"
        case 9: return "(\(expression(depth - 1)))" + pick([".a", "[0]", "[*]", ".*", "['c']", "[-1]"])
        case 10: return "(\(expression(depth - 1)) IS \(pick(["", "NOT "]))\(pick(Self.types + ["TRUE", "UNKNOWN"])))"
        default:
            return pick(["[", "<<"]).withClosing("\(expression(depth - 1)), \(expression(depth - 1))")
        }
    }

    private mutating func leaf() -> String {
        pick([pickWidely(Self.values), pickWidely(Self.values), "x", "x.d", "k", "g", "d", "b"])
    }

    private mutating func call(_ depth: Int) -> String {
        let function = pickWidely(FunctionTable.all)
        let counts = function.argumentCounts
        let count = counts.least + pick([0, 0, 1]) * ((counts.most ?? counts.least + 1) - counts.least)
        var arguments = (0..<count).map { _ in expression(depth - 1) }
        if function.needsPart { arguments.insert(pick(["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]), at: 0) }
        return function.name + "(" + arguments.joined(separator: ", ") + ")"
    }

    private static let operators = [
        "+", "-", "*", "/", "%", "||", "&", "=", "<>", "<", "<=", ">", ">=", "AND", "OR", "IN", "LIKE", "OVERLAPS",
        "BETWEEN 1 AND", "LIKE 'a%' ESCAPE",
    ]

    private static let types = [
        "INT", "SMALLINT", "BIGINT", "DECIMAL(5, 2)", "DECIMAL", "NUMBER", "FLOAT", "BOOL", "STRING", "VARCHAR(3)",
        "CHAR(2)", "SYMBOL", "BINARY", "CLOB", "DATE", "TIME(2)", "TIME WITH TIME ZONE", "TIMESTAMP",
        "TIMESTAMP(3) WITH TIME ZONE", "INTERVAL DAY TO SECOND", "INTERVAL YEAR(2) TO MONTH", "LIST", "BAG", "SEXP",
        "STRUCT", "NULL", "MISSING", "ANY",
    ]

    private static let values = [
        "NULL", "MISSING", "TRUE", "FALSE", "0", "1", "-1", "7", "9223372036854775807", "-9223372036854775808",
        "99999999999999999999999999999999999999", "1e125", "1e-130", "0.1", "-2.50", "1.0", "`1e0`", "`nan`", "`+inf`",
        "`-inf`", "`-0e0`", "`1e308`", "`5e-324`", "''", "'a'", "'text'", "'%'", "'\\'", "'2026-05-01'", "'12'",
        "'[1, 2'", "'{\"a\": 1}'", "'YYYY-MM-dd'", "'größe ☃ 𝄞'", "'e\u{301}'", "`{{aGk=}}`", "`{{\"clob\"}}`", "`sym`",
        "`(a b)`", "`null.list`", "[]", "[1, 2, NULL]", "<<>>", "<<1, 1, 'a'>>", "{}", "{'a': 1, 'b': MISSING}",
        "{'a': {'c': [1]}}", "DATE '2026-05-01'", "DATE '0001-01-01'", "DATE '9999-12-31'", "TIME '23:59:59.999999999'",
        "TIME WITH TIME ZONE '00:00:00-18:00'", "TIMESTAMP '2026-05-01 12:30:00.5'",
        "TIMESTAMP WITH TIME ZONE '9999-12-31 23:59:59-14:00'", "`0001-01-01T00:00:00-23:59`", "`2026T`",
        "INTERVAL '5' DAY", "INTERVAL '99' YEAR (2)", "INTERVAL -'100 01:02:03.4' DAY (3) TO SECOND",
        "INTERVAL '999999999' SECOND (9)", "1000000000", "-5", "'a,b,,c'", "1000000",
    ]
}

extension String {
    /// The text between this bracket and the one that closes it.
    fileprivate func withClosing(_ text: String) -> String {
        self + text + (self == "[" ? "]" : ">>")
    }
}
