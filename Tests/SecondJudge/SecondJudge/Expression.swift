/// What a generated expression gives. Both languages are asked for operations on these kinds only, so that coercions,
/// which differ by design, never happen.
enum Kind: Sendable, CaseIterable {
    case integer, text, boolean
}

/// The two languages that a query is printed in.
enum Language: Sendable {
    case hindsight, sqlite
}

/// How an operation is written in both languages; `$0`, `$1` … stand for its operands.
struct Template: Sendable {
    let hindsight: String
    let sqlite: String

    init(_ text: String) {
        self.init(hindsight: text, sqlite: text)
    }

    init(hindsight: String, sqlite: String) {
        self.hindsight = hindsight
        self.sqlite = sqlite
    }

    static let null = Template("NULL")

    func text(in language: Language) -> String {
        language == .hindsight ? hindsight : sqlite
    }
}

/// An expression of the generated queries, of one kind.
struct Expression: Sendable {
    let kind: Kind
    var node: Node

    indirect enum Node: Sendable {
        case column(source: String, name: String)
        case literal(Template)
        case operation(Template, [Expression])
        case aggregate(Template, [Expression])
        case window(WindowCall)
        /// A subquery in an expression; `$q` stands for the query.
        case subquery(Template, [Expression], Query)
    }

    init(_ kind: Kind, _ node: Node) {
        self.kind = kind
        self.node = node
    }

    static func operation(_ kind: Kind, _ text: String, _ operands: Expression...) -> Expression {
        Expression(kind, .operation(Template(text), operands))
    }

    static func integer(_ value: Int) -> Expression {
        Expression(.integer, .literal(Template(value < 0 ? "(\(value))" : "\(value)")))
    }

    static func text(_ value: String) -> Expression {
        Expression(.text, .literal(Template(quoted(value))))
    }

    static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}

/// A window function with its window.
struct WindowCall: Sendable {
    var function: Template
    var arguments: [Expression]
    /// A window of the WINDOW clause; the definition is empty then.
    var windowName: String?
    var definition: WindowDefinition
}

struct WindowDefinition: Sendable {
    var partition: [Expression] = []
    var order: [OrderItem] = []
    /// `ROWS BETWEEN …`, the same text in both languages.
    var frame: String?
}

struct OrderItem: Sendable {
    var expression: Expression
    var isDescending = false
    var nullsFirst = false
    /// Says NULLS FIRST or LAST in Hindsight even where it is the default.
    var isExplicit = false
}
