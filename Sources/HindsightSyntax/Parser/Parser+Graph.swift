// Graph patterns: RFC 0033 of PartiQL, which follows GPML, the pattern language of SQL/PGQ and GQL.

extension Parser {
    /// What follows the graph.
    ///
    ///     graphMatch ::= 'MATCH' graphPattern
    mutating func graphMatch(_ graph: Expression, start: SourceSpan) throws(SyntaxError) -> Expression {
        try expect(.match)
        let pattern = try graphPattern()
        return Expression(.match(GraphMatch(graph: graph, pattern: pattern)), span: span(from: start))
    }

    ///     graphPattern ::= pathPattern ( ',' pathPattern )* where?
    mutating func graphPattern() throws(SyntaxError) -> GraphPattern {
        try graphPattern(from: try pathPattern())
    }

    /// The rest of a `graphPattern` whose first path is read.
    mutating func graphPattern(from first: PathPattern) throws(SyntaxError) -> GraphPattern {
        var paths = [first]
        while consume(.comma) { paths.append(try pathPattern()) }
        return GraphPattern(paths: paths, filter: at(.where) ? try `where`() : nil)
    }

    ///     pathPattern ::= pathSelector? pathRestrictor? ( name '=' )? pathPart+
    mutating func pathPattern() throws(SyntaxError) -> PathPattern {
        let start = token.span
        let selector = startsPathSelector() ? try pathSelector() : nil
        return try path(selector: selector, start: start)
    }

    /// The rest of a path, or a whole one where no selector may stand.
    private mutating func path(selector: PathSelector?, start: SourceSpan) throws(SyntaxError) -> PathPattern {
        let restrictor = startsPathRestrictor() ? pathRestrictor() : nil
        var variable: Identifier?
        if kind.isName, peek(1) == .equal {
            variable = takeName()
            advance()
        }
        var parts = [try pathPart()]
        while startsPathPart() { parts.append(try pathPart()) }
        return PathPattern(
            selector: selector, restrictor: restrictor, variable: variable, parts: parts, span: span(from: start))
    }

    private mutating func startsPathSelector() -> Bool {
        switch kind {
        case .keyword(.all): true
        case .keyword(.any), .keyword(.shortest): peek(1) != .equal
        default: false
        }
    }

    ///     pathSelector ::= 'ANY' ( 'SHORTEST' | INTEGER )? | 'ALL' 'SHORTEST' | 'SHORTEST' INTEGER 'GROUP'?
    mutating func pathSelector() throws(SyntaxError) -> PathSelector {
        if consume(.all) {
            try expect(.shortest)
            return .allShortest
        }
        if consume(.any) {
            if at(.shortest), peek(1) != .equal {
                advance()
                return .anyShortest
            }
            return .any(at(.integerLiteral) ? try count("a number of paths") : nil)
        }
        try expect(.shortest)
        let number = try count("a number of paths")
        return consume(.group) ? .shortestGroups(number) : .shortest(number)
    }

    private mutating func startsPathRestrictor() -> Bool {
        switch kind {
        case .keyword(.walk), .keyword(.trail), .keyword(.acyclic), .keyword(.simple): peek(1) != .equal
        default: false
        }
    }

    ///     pathRestrictor ::= 'WALK' | 'TRAIL' | 'ACYCLIC' | 'SIMPLE'
    mutating func pathRestrictor() -> PathRestrictor {
        if consume(.walk) { return .walk }
        if consume(.trail) { return .trail }
        if consume(.acyclic) { return .acyclic }
        advance()
        return .simple
    }

    // MARK: Parts

    private mutating func startsPathPart() -> Bool {
        switch kind {
        case .leftParenthesis, .leftBracket, .minus, .tilde: true
        case .less: peek(1) == .minus || peek(1) == .tilde
        default: false
        }
    }

    ///     pathPart ::= nodePattern | ( edgePattern | pathGroup ) pathQuantifier?
    mutating func pathPart() throws(SyntaxError) -> PathPart {
        switch kind {
        case .leftParenthesis where startsElementPattern(after: .leftParenthesis, until: .rightParenthesis):
            return .node(try nodePattern())
        case .leftParenthesis, .leftBracket:
            let group = try pathGroup()
            return .group(group, try optionalQuantifier())
        default:
            guard startsPathPart() else {
                throw unexpected("a node `(…)` or an edge", hint: "for example `(a)-[e]->(b)`")
            }
            let (direction, element) = try edgePattern()
            return .edge(direction, element, try optionalQuantifier())
        }
    }

    /// Whether behind the bracket at the current token stands what a node or an edge is, and no path.
    private mutating func startsElementPattern(after opening: TokenKind, until closing: TokenKind) -> Bool {
        guard at(opening) else { return false }
        switch peek(1) {
        case closing, .colon, .keyword(.where): return true
        case let next where next.isName:
            return peek(2) == closing || peek(2) == .colon || peek(2) == .keyword(.where)
        default: return false
        }
    }

    ///     nodePattern ::= '(' elementPattern ')'
    mutating func nodePattern() throws(SyntaxError) -> ElementPattern {
        try enter()
        defer { leave() }
        try expect(.leftParenthesis, "`(`")
        let element = try elementPattern()
        try expect(.rightParenthesis, "`)`")
        return element
    }

    ///     elementPattern ::= name? ( ':' labelExpression )? where?
    mutating func elementPattern() throws(SyntaxError) -> ElementPattern {
        let start = token.span
        let variable = kind.isName ? takeName() : nil
        let label = consume(.colon) ? try labelExpression() : nil
        let filter = at(.where) ? try `where`() : nil
        return ElementPattern(variable: variable, label: label, filter: filter, span: span(from: start))
    }

    /// The signs of an edge may stand apart; the lexer knows `-`, `<`, `>` and `~` alone.
    ///
    ///     edgePattern ::= '<-' ( '[' elementPattern ']' ( '->' | '-' ) | '>' )?
    ///                   | '<~' ( '[' elementPattern ']' '~' )?
    ///                   | '-' ( '[' elementPattern ']' ( '->' | '-' ) | '>' )?
    ///                   | '~' ( '[' elementPattern ']' ( '~>' | '~' ) | '>' )?
    mutating func edgePattern() throws(SyntaxError) -> (EdgeDirection, ElementPattern) {
        let start = token.span
        let isLeft = consume(.less)
        let line = kind
        guard consume(.minus) || consume(.tilde) else { throw unexpected("`-` or `~`") }
        var element: ElementPattern?
        if startsElementPattern(after: .leftBracket, until: .rightBracket) {
            try enter()
            defer { leave() }
            advance()
            element = try elementPattern()
            try expect(.rightBracket, "`]`")
            try expect(line, line == .minus ? "`-` or `->`" : isLeft ? "`~`" : "`~` or `~>`")
        }
        let mayPointRight = !(isLeft && line == .tilde)
        let isRight = mayPointRight && consume(.greater)
        let span = span(from: start)
        let direction = Self.direction(isLeft: isLeft, isUndirected: line == .tilde, isRight: isRight)
        return (direction, element ?? ElementPattern(variable: nil, label: nil, filter: nil, span: span))
    }

    private static func direction(isLeft: Bool, isUndirected: Bool, isRight: Bool) -> EdgeDirection {
        switch (isLeft, isUndirected, isRight) {
        case (true, true, _): .leftOrUndirected
        case (true, false, true): .leftOrRight
        case (true, false, false): .left
        case (false, true, true): .undirectedOrRight
        case (false, true, false): .undirected
        case (false, false, true): .right
        case (false, false, false): .any
        }
    }

    ///     pathGroup ::= '(' pathInGroup where? ')' | '[' pathInGroup where? ']'
    mutating func pathGroup() throws(SyntaxError) -> PathGroup {
        try enter()
        defer { leave() }
        let isBracket = consume(.leftBracket)
        if !isBracket { try expect(.leftParenthesis, "`(` or `[`") }
        let path = try pathInGroup()
        let filter = at(.where) ? try `where`() : nil
        try expect(isBracket ? .rightBracket : .rightParenthesis, isBracket ? "`]`" : "`)`")
        return PathGroup(path: path, filter: filter)
    }

    ///     pathInGroup ::= pathRestrictor? ( name '=' )? pathPart+
    mutating func pathInGroup() throws(SyntaxError) -> PathPattern {
        guard !startsPathSelector() else {
            throw unexpected("a path", hint: "a selector stands before a whole path, not inside of one")
        }
        return try path(selector: nil, start: token.span)
    }

    // MARK: Quantifiers

    private mutating func optionalQuantifier() throws(SyntaxError) -> PathQuantifier? {
        switch kind {
        case .star, .plus, .question, .leftBrace: try pathQuantifier()
        default: nil
        }
    }

    ///     pathQuantifier ::= '*' | '+' | '?' | '{' ( INTEGER ( ',' INTEGER? )? | ',' INTEGER ) '}'
    mutating func pathQuantifier() throws(SyntaxError) -> PathQuantifier {
        let start = token.span
        if consume(.star) { return PathQuantifier(least: 0, most: nil, span: start) }
        if consume(.plus) { return PathQuantifier(least: 1, most: nil, span: start) }
        if consume(.question) { return PathQuantifier(least: 0, most: 1, isOptional: true, span: start) }
        try expect(.leftBrace, "a quantifier")
        let isAtMost = at(.comma)
        let least = isAtMost ? 0 : try count("a least number of repetitions")
        var most: Int? = least
        if consume(.comma) { most = isAtMost || !at(.rightBrace) ? try count("a number of repetitions") : nil }
        try expect(.rightBrace, "`,` or `}`")
        return PathQuantifier(least: least, most: most, span: span(from: start))
    }

    // MARK: Labels

    ///     labelExpression ::= labelTerm ( '|' labelTerm )*
    mutating func labelExpression() throws(SyntaxError) -> LabelExpression {
        var operands = [try labelTerm()]
        while consume(.verticalBar) { operands.append(try labelTerm()) }
        return operands.count == 1 ? operands[0] : .or(operands)
    }

    ///     labelTerm ::= labelFactor ( '&' labelFactor )*
    mutating func labelTerm() throws(SyntaxError) -> LabelExpression {
        var operands = [try labelFactor()]
        while consume(.ampersand) { operands.append(try labelFactor()) }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    ///     labelFactor ::= '!'? labelPrimary
    mutating func labelFactor() throws(SyntaxError) -> LabelExpression {
        guard consume(.bang) else { return try labelPrimary() }
        return .not(try labelPrimary())
    }

    ///     labelPrimary ::= memberName | '%' | '(' labelExpression ')'
    mutating func labelPrimary() throws(SyntaxError) -> LabelExpression {
        if consume(.percent) { return .any }
        guard at(.leftParenthesis) else { return .name(try memberName("a label, `%`, `!` or `(`")) }
        try enter()
        defer { leave() }
        advance()
        let label = try labelExpression()
        try expect(.rightParenthesis, "`|`, `&` or `)`")
        return label
    }
}
