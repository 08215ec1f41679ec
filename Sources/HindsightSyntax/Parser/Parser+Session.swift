extension Parser {
    ///     transaction ::= ( 'BEGIN' | 'COMMIT' | 'ROLLBACK' ) 'TRANSACTION'?
    mutating func transaction() throws(SyntaxError) -> Statement.Node {
        let node: Statement.Node = at(.begin) ? .begin : at(.commit) ? .commit : .rollback
        advance()
        _ = consume(.transaction)
        return node
    }

    ///     explain ::= 'EXPLAIN' 'ANALYZE'? statement
    mutating func explain() throws(SyntaxError) -> Statement.Node {
        try expect(.explain)
        let isAnalyze = consume(.analyze)
        return .explain(try statement(), isAnalyze: isAnalyze)
    }

    ///     verify ::= 'VERIFY' ( 'TABLE' tableName )?
    mutating func verify() throws(SyntaxError) -> Statement.Node {
        try expect(.verify)
        return .verify(consume(.table) ? try tableName() : nil)
    }

    ///     vacuum ::= 'VACUUM'
    mutating func vacuum() throws(SyntaxError) -> Statement.Node {
        try expect(.vacuum)
        return .vacuum
    }

    ///     attach ::= 'ATTACH' textArgument 'AS' name
    mutating func attach() throws(SyntaxError) -> Statement.Node {
        try expect(.attach)
        let file = try textArgument("a file's name in quotes")
        try expect(.as)
        return .attach(file, as: try name("a name for the attached database"))
    }

    ///     detach ::= 'DETACH' name
    mutating func detach() throws(SyntaxError) -> Statement.Node {
        try expect(.detach)
        return .detach(try name("the name of an attached database"))
    }

    ///     show ::= 'SHOW' ( showTimeline | showSubject ( 'OF' tableName )? )
    mutating func show() throws(SyntaxError) -> Show {
        try expect(.show)
        if at(.timeline) { return try showTimeline() }
        let subject = try showSubject()
        return Show(subject: subject, table: consume(.of) ? try tableName() : nil)
    }

    ///     showTimeline ::= 'TIMELINE' 'OF' tableName ( 'BETWEEN' timePoint 'AND' timePoint )?
    mutating func showTimeline() throws(SyntaxError) -> Show {
        try expect(.timeline)
        try expect(.of)
        let table = try tableName()
        guard consume(.between) else { return Show(subject: .timeline, table: table) }
        let from = try timePoint()
        try expect(.and)
        return Show(subject: .timeline, table: table, period: Show.Period(from: from, to: try timePoint()))
    }

    ///     showSubject ::= 'TABLES' | 'INDEXES' | 'BACKUPS' | 'BACKUP' 'PLANS' | 'RESTORES' | 'RESTORE' 'POINTS'
    ///                   | 'RECOVERY' | 'EXPORTS' | 'COMMITS' | 'CHANGES'
    mutating func showSubject() throws(SyntaxError) -> Show.Subject {
        let subject: Show.Subject
        switch kind {
        case .keyword(.tables): subject = .tables
        case .keyword(.indexes): subject = .indexes
        case .keyword(.backups): subject = .backups
        case .keyword(.backup) where peek(1, is: .plans): subject = .backupPlans
        case .keyword(.restores): subject = .restores
        case .keyword(.restore) where peek(1, is: .points): subject = .restorePoints
        case .keyword(.recovery): subject = .recovery
        case .keyword(.exports): subject = .exports
        case .keyword(.commits): subject = .commits
        case .keyword(.changes): subject = .changes
        default: throw unexpected("what to show: \(Self.showSubjects)", hint: showSubjectHint)
        }
        if subject == .backupPlans || subject == .restorePoints { advance() }
        advance()
        return subject
    }

    private static let showSubjects = Show.Subject.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")

    /// The current word read as a mistyped subject: `TABL` is near to `TABLE`, which cannot be shown.
    private var showSubjectHint: String? {
        guard kind.isWord else { return nil }
        return Spelling.hint(for: text(token.span), among: Show.Subject.allCases.map(\.rawValue))
    }

    ///     describe ::= ( 'DESCRIBE' | 'DESC' ) 'TABLE'? tableName
    mutating func describe() throws(SyntaxError) -> Statement.Node {
        guard consume(.describe) || consume(.desc) else { throw unexpected("`DESCRIBE`") }
        _ = consume(.table)
        return .describe(try tableName())
    }

    ///     setOption ::= 'SET' name '=' settingValue
    mutating func setOption() throws(SyntaxError) -> Statement.Node {
        try expect(.set)
        let name = try name("an option's name")
        try expect(.equal, "`=`")
        return .setOption(name, try settingValue())
    }
}
