/// A generated query; it is printed in two languages.
struct Query: Sendable {
    var with: [CommonTable] = []
    var body: QueryBody
    /// The result's columns, in order.
    var columns: [Column]
    var order: [OrderItem] = []
    var limit: Int?
    var offset: Int?
}

/// A named query of WITH.
struct CommonTable: Sendable {
    var name: String
    /// Names behind the name of the query.
    var columns: [String]?
    var query: Query
    var isRecursive = false
}

/// A column of a table or result.
struct Column: Sendable {
    var name: String
    var kind: Kind
}

indirect enum QueryBody: Sendable {
    case select(Select)
    case combination(SetOperator, isAll: Bool, Query, Query)
}

enum SetOperator: String, Sendable, CaseIterable {
    case union = "UNION"
    case intersect = "INTERSECT"
    case except = "EXCEPT"
}

struct Select: Sendable {
    var isDistinct = false
    var items: [SelectItem]
    var from: [Source]
    var filter: Expression?
    var groups: [SelectItem] = []
    var having: Expression?
    var windows: [NamedWindow] = []
}

struct SelectItem: Sendable {
    var expression: Expression
    var name: String
}

struct NamedWindow: Sendable {
    var name: String
    var definition: WindowDefinition
}

/// An item of FROM.
indirect enum Source: Sendable {
    case table(name: String, alias: String)
    /// A query of WITH.
    case common(name: String, alias: String)
    case query(Query, alias: String)
    /// Rows written into the query.
    case rows([[Literal]], [Column], alias: String)
    /// The elements of a list in a row of another source.
    case elements(source: String, column: String, name: String, position: String)
    case join(JoinKind, Source, Source, on: Expression?)
}

enum JoinKind: String, Sendable, CaseIterable {
    case inner = "JOIN"
    case left = "LEFT JOIN"
    case right = "RIGHT JOIN"
    case full = "FULL JOIN"
    case cross = "CROSS JOIN"
}

/// A value of a generated table.
enum Literal: Sendable, Hashable {
    case null
    case integer(Int)
    case text(String)
    case boolean(Bool)
    case integers([Int])
    /// A value in Hindsight's language that SQLite has none for.
    case document(String)
    /// No attribute at all; NULL in SQLite.
    case missing
}
