// What stands behind calls of aggregates and window functions, and the WINDOW clause.

extension Parser {
    ///     callFilter ::= 'FILTER' '(' where ')'
    mutating func callFilter() throws(SyntaxError) -> Expression {
        try expect(.filter)
        try expect(.leftParenthesis, "`(`")
        let condition = try `where`()
        try expect(.rightParenthesis, "`)`")
        return condition
    }

    ///     nullTreatment ::= ( 'IGNORE' | 'RESPECT' ) 'NULLS'
    mutating func nullTreatment() throws(SyntaxError) -> NullTreatment {
        let treatment: NullTreatment = at(.ignore) ? .ignore : .respect
        advance()
        try expect(.nulls)
        return treatment
    }

    ///     over ::= 'OVER' ( name | windowDefinition )
    mutating func over() throws(SyntaxError) -> WindowReference {
        try expect(.over)
        if at(.leftParenthesis) { return .inline(try windowDefinition()) }
        return .named(try name("a window's name"))
    }

    ///     window ::= 'WINDOW' namedWindow ( ',' namedWindow )*
    mutating func window() throws(SyntaxError) -> [NamedWindow] {
        try expect(.window)
        var windows: [NamedWindow] = []
        repeat { windows.append(try namedWindow()) } while consume(.comma)
        return windows
    }

    ///     namedWindow ::= name 'AS' windowDefinition
    mutating func namedWindow() throws(SyntaxError) -> NamedWindow {
        let name = try name("a name for the window")
        try expect(.as)
        return NamedWindow(name: name, definition: try windowDefinition())
    }

    ///     windowDefinition ::= '(' name? windowPartition? orderBy? frame? ')'
    mutating func windowDefinition() throws(SyntaxError) -> WindowDefinition {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftParenthesis, "`(`")
        let isPartition = at(.partition) && peek(1, is: .by)
        let base = kind.isName && !isPartition && !isFrame() ? takeName() : nil
        let partition = at(.partition) ? try windowPartition() : []
        let order = at(.order) ? try orderBy() : []
        let frame = frameUnit == nil ? nil : try frame()
        try expect(.rightParenthesis, "`)`")
        return WindowDefinition(
            base: base, partition: partition, order: order, frame: frame, span: span(from: start))
    }

    ///     windowPartition ::= 'PARTITION' 'BY' expression ( ',' expression )*
    mutating func windowPartition() throws(SyntaxError) -> [Expression] {
        try expect(.partition)
        try expect(.by)
        return try expressions()
    }

    // MARK: Frames

    private var frameUnit: WindowFrame.Unit? {
        switch kind {
        case .keyword(.rows): .rows
        case .keyword(.range): .range
        case .keyword(.groups): .groups
        default: nil
        }
    }

    /// Whether a frame starts here, and not a window that is called ROWS, RANGE or GROUPS.
    private mutating func isFrame() -> Bool {
        guard frameUnit != nil else { return false }
        switch peek(1) {
        case .rightParenthesis, .keyword(.order), .keyword(.rows), .keyword(.range), .keyword(.groups): return false
        case .keyword(.partition): return !peek(2, is: .by)
        default: return true
        }
    }

    ///     frame ::= ( 'ROWS' | 'RANGE' | 'GROUPS' ) ( 'BETWEEN' frameBound 'AND' frameBound | frameBound )
    ///               frameExclusion?
    mutating func frame() throws(SyntaxError) -> WindowFrame {
        let start = token.span
        guard let unit = frameUnit else { throw unexpected("`ROWS`, `RANGE` or `GROUPS`") }
        advance()
        let first: WindowFrame.Bound
        var last: WindowFrame.Bound?
        if consume(.between) {
            first = try frameBound()
            try expect(.and)
            last = try frameBound()
        } else {
            first = try frameBound()
        }
        let exclusion = at(.exclude) ? try frameExclusion() : nil
        return WindowFrame(unit: unit, start: first, end: last, exclusion: exclusion, span: span(from: start))
    }

    ///     frameBound ::= 'UNBOUNDED' ( 'PRECEDING' | 'FOLLOWING' ) | 'CURRENT' 'ROW'
    ///                  | arithmetic ( 'PRECEDING' | 'FOLLOWING' )
    mutating func frameBound() throws(SyntaxError) -> WindowFrame.Bound {
        if at(.current), peek(1, is: .row) {
            advance()
            advance()
            return .currentRow
        }
        if at(.unbounded), peek(1, is: .preceding) || peek(1, is: .following) {
            advance()
            return try isPreceding() ? .unboundedPreceding : .unboundedFollowing
        }
        let offset = try arithmetic()
        return try isPreceding() ? .preceding(offset) : .following(offset)
    }

    private mutating func isPreceding() throws(SyntaxError) -> Bool {
        if consume(.preceding) { return true }
        guard consume(.following) else { throw unexpected("`PRECEDING` or `FOLLOWING`") }
        return false
    }

    ///     frameExclusion ::= 'EXCLUDE' ( 'CURRENT' 'ROW' | 'GROUP' | 'TIES' | 'NO' 'OTHERS' )
    mutating func frameExclusion() throws(SyntaxError) -> WindowFrame.Exclusion {
        try expect(.exclude)
        switch kind {
        case .keyword(.current):
            advance()
            try expect(.row)
            return .currentRow
        case .keyword(.group):
            advance()
            return .group
        case .keyword(.ties):
            advance()
            return .ties
        case .keyword(.no):
            advance()
            try expect(.others)
            return .noOthers
        default:
            throw unexpected("`CURRENT ROW`, `GROUP`, `TIES` or `NO OTHERS`")
        }
    }
}
