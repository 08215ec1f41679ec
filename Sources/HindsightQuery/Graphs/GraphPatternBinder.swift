import HindsightSyntax
import HindsightValues

/// Binds a graph pattern: its variables to slots and registers, its conditions to expressions, its paths to programs.
///
/// Names in conditions mean the pattern's variables first, then what is visible around the match. A condition is asked as
/// soon as all variables that it reads are there, which may be further right than it is written.
struct GraphPatternBinder {
    private let statement: StatementBinder
    private let scope: Scope
    private let match: GraphMatch
    private var variables: [PatternVariable] = []
    private var registerCount = 0
    private var conditions: [MatchCondition] = []
    private var program: [SearchStep] = []
    private var selections: [PathSelection] = []

    // Where the binder is in the pattern.

    /// The variables that have a place to the left.
    private var known: Set<Int> = []
    /// Conditions that read variables further right.
    private var waiting: [Waiting] = []
    /// The quantifiers around, `?` too, and those that make lists.
    private var regions: [Int] = []
    private var loops: [(number: Int, mark: Int)] = []
    private var scopes: [RestrictorScope] = []
    private var loopCount = 0
    private var regionCount = 0
    /// The path with its selector, while it is bound.
    private var path: PathPattern

    private struct Waiting {
        let condition: Int
        let regions: [Int]
    }

    /// - Throws: what is wrong with the pattern, and what binding its conditions throws.
    static func bind(
        _ match: GraphMatch, in scope: Scope, _ statement: StatementBinder
    ) throws(QueryError) -> MatchPlan {
        var binder = GraphPatternBinder(match, scope, statement)
        return try binder.bind()
    }

    private init(_ match: GraphMatch, _ outer: Scope, _ statement: StatementBinder) {
        self.statement = statement
        self.match = match
        scope = Scope(parent: outer)
        path = match.pattern.paths[0]
    }

    private mutating func bind() throws(QueryError) -> MatchPlan {
        for declaration in try PatternVariables(match.pattern).declarations {
            let variable = PatternVariable(
                name: declaration.name.text, kind: declaration.kind, slot: statement.makeSlot(),
                register: makeRegister(), loops: declaration.loops)
            variables.append(variable)
            try scope.add(ScopeVariable(name: declaration.name, role: .binding, content: .slot(variable.slot)))
        }
        for path in match.pattern.paths {
            self.path = path
            if let selector = path.selector { try bindSelection(selector) } else { try bindWhole() }
        }
        if let filter = match.pattern.filter { try bindCondition(filter) }
        program.append(.accept)
        return MatchPlan(
            program: program, selections: selections, conditions: conditions, variables: variables,
            registerCount: registerCount, match: match)
    }

    private mutating func makeRegister() -> Int {
        defer { registerCount += 1 }
        return registerCount
    }

    // MARK: Paths

    private mutating func bindWhole() throws(QueryError) {
        var first: Int?
        if case .node(let element)? = path.parts.first { first = number(of: element).map { variables[$0].register } }
        program.append(.start(register: first))
        try bindParts(path)
        program.append(.endPath(isAmbiguous: isAmbiguous))
    }

    /// A path with a selector is searched for by itself: what it selects from must not depend on the other paths.
    private mutating func bindSelection(_ selector: PathSelector) throws(QueryError) {
        let outer = (program, known, waiting)
        let (firstCondition, firstRegister) = (conditions.count, registerCount)
        (program, known, waiting) = ([], [], [])
        try check(selector)
        try bindWhole()
        if let condition = waiting.first.map({ conditions[$0.condition] }) {
            throw QueryError(
                .invalidPattern, "this condition reads variables of other paths, which a selector chooses without",
                at: condition.expression.span, hint: "write it behind the whole pattern: MATCH … WHERE …")
        }
        let own = known.sorted()
        let marks = Set(scopeRegisters)
        let readsGroups = conditions[firstCondition...].contains { $0.reads.contains(where: \.isGroup) }
        if readsGroups, path.isUnbounded {
            throw QueryError(
                .invalidPattern, "a selector without a restrictor cannot choose by a list of repetitions",
                at: path.span, hint: "write TRAIL, ACYCLIC or SIMPLE behind the selector")
        }
        let registers = own.map { variables[$0].register } + (firstRegister..<registerCount)
        selections.append(
            PathSelection(
                selector: selector, program: program + [.accept], variables: own,
                keyRegisters: registers.filter { !marks.contains($0) }, readsGroups: readsGroups,
                isAmbiguous: isAmbiguous))
        (program, known, waiting) = outer
        known.formUnion(own)
        program.append(.selection(selections.count - 1))
        flush()
    }

    /// Registers that say where something began: they grow with the path.
    private var scopeRegisters: [Int] {
        program.compactMap { step in
            switch step {
            case .openScope(let register): register
            case .loop(let test): test.mark
            default: nil
            }
        }
    }

    private var isAmbiguous: Bool { path.quantifierCount > 1 }

    private mutating func bindParts(_ path: PathPattern) throws(QueryError) {
        let outerScopes = scopes
        if let restrictor = path.restrictor, restrictor != .walk {
            let register = makeRegister()
            program.append(.openScope(register: register))
            scopes.append(RestrictorScope(restrictor: restrictor, register: register))
        }
        for part in path.parts { try bind(part) }
        if let name = path.variable, let number = number(named: name) { known.insert(number) }
        scopes = outerScopes
    }

    private mutating func bind(_ part: PathPart) throws(QueryError) {
        switch part {
        case .node(let element):
            program.append(.node(test(element)))
            try bindRest(element)
        case .edge(let direction, let element, let quantifier):
            try repeated(quantifier, least: 1) { (binder) throws(QueryError) in
                let test = EdgeTest(element: binder.test(element), senses: direction.senses, scopes: binder.scopes)
                binder.program.append(.edge(test))
                try binder.bindRest(element)
            }
        case .group(let group, let quantifier):
            try repeated(quantifier, least: group.path.leastLength) { (binder) throws(QueryError) in
                try binder.bindParts(group.path)
                if let filter = group.filter { try binder.bindCondition(filter) }
                binder.flush()
            }
        }
    }

    private func test(_ element: ElementPattern) -> ElementTest {
        ElementTest(register: number(of: element).map { variables[$0].register }, label: element.label)
    }

    private mutating func bindRest(_ element: ElementPattern) throws(QueryError) {
        if let number = number(of: element) { known.insert(number) }
        if let filter = element.filter { try bindCondition(filter) }
        flush()
    }

    private func number(of element: ElementPattern) -> Int? {
        element.variable.flatMap { number(named: $0) }
    }

    private func number(named name: Identifier) -> Int? {
        variables.firstIndex { TextOrder.isEqual($0.name, name.text) }
    }

    // MARK: Quantifiers

    private mutating func repeated(
        _ quantifier: PathQuantifier?, least length: Int,
        _ body: (inout GraphPatternBinder) throws(QueryError) -> Void
    ) throws(QueryError) {
        guard let quantifier else { return try body(&self) }
        try check(quantifier, length)
        regionCount += 1
        regions.append(regionCount)
        if quantifier.isOptional { try bindOptional(body) } else { try bindLoop(quantifier, body) }
        if let condition = waiting.first(where: { $0.regions == regions }) {
            throw QueryError(
                .invalidPattern, "this condition reads a variable that is found behind the quantifier",
                at: conditions[condition.condition].expression.span,
                hint: "write it behind the whole pattern: MATCH … WHERE …")
        }
        regions.removeLast()
        flush()
    }

    private mutating func bindOptional(
        _ body: (inout GraphPatternBinder) throws(QueryError) -> Void
    ) throws(QueryError) {
        let start = program.count
        program.append(.optional(exit: 0))
        try body(&self)
        program[start] = .optional(exit: program.count)
    }

    private mutating func bindLoop(
        _ quantifier: PathQuantifier, _ body: (inout GraphPatternBinder) throws(QueryError) -> Void
    ) throws(QueryError) {
        let number = loopCount
        loopCount += 1
        var test = LoopTest(
            counter: makeRegister(), mark: makeRegister(), least: Int32(clamping: quantifier.least),
            most: quantifier.most.map { Int32(clamping: $0) }, exit: 0)
        program.append(.startLoop(register: test.counter))
        let head = program.count
        program.append(.loop(test))
        loops.append((number, test.mark))
        try body(&self)
        loops.removeLast()
        let own = variables.indices.filter { variables[$0].loops.last == number && variables[$0].kind != .path }
        program.append(.endIteration(test, head: head, variables: own))
        test.exit = program.count
        program[head] = .loop(test)
    }

    private func check(_ quantifier: PathQuantifier, _ length: Int) throws(QueryError) {
        if let most = quantifier.most, most < max(1, quantifier.least) {
            throw QueryError(
                .invalidPattern, "a quantifier's upper bound is at least 1 and not below its lower bound",
                at: quantifier.span)
        }
        guard length > 0 || quantifier.isOptional else {
            throw QueryError(
                .invalidPattern, "what is repeated may be without any edge, so that it could go on for ever",
                at: quantifier.span, hint: "repeat a part that has at least one edge")
        }
        guard quantifier.most != nil || !scopes.isEmpty || path.selector != nil else {
            throw QueryError(
                .invalidPattern, "a quantifier without upper bound needs a restrictor or a selector",
                at: quantifier.span,
                hint: "write TRAIL or ANY SHORTEST before the path, or an upper bound as in {1,5}")
        }
    }

    private func check(_ selector: PathSelector) throws(QueryError) {
        switch selector {
        case .any(0?), .shortest(0), .shortestGroups(0):
            throw QueryError(.invalidPattern, "a selector chooses at least one path", at: path.span)
        default: break
        }
    }

    // MARK: Conditions

    private mutating func bindCondition(_ expression: Expression) throws(QueryError) {
        let bound = try statement.bind(expression, in: scope)
        let slots = bound.slots
        var reads: [MatchCondition.Read] = []
        for (number, variable) in variables.enumerated() where slots.contains(variable.slot) {
            guard variable.kind != .path else {
                throw QueryError(
                    .invalidPattern, "'\(variable.name)' names a path, which has no value", at: expression.span,
                    hint: "name the path's nodes or edges, and read those")
            }
            let around = loops.map(\.number)
            let isGroup = !around.starts(with: variable.loops)
            let shared = zip(around, variable.loops).prefix { $0 == $1 }.count
            let since = isGroup && shared > 0 ? loops[shared - 1].mark : nil
            reads.append(MatchCondition.Read(variable: number, isGroup: isGroup, since: since))
        }
        conditions.append(MatchCondition(expression: bound, reads: reads))
        waiting.append(Waiting(condition: conditions.count - 1, regions: regions))
        flush()
    }

    /// Asks the conditions whose variables are all known by now.
    private mutating func flush() {
        waiting.removeAll { entry in
            guard entry.regions == regions,
                conditions[entry.condition].reads.allSatisfy({ known.contains($0.variable) })
            else { return false }
            program.append(.check(condition: entry.condition))
            return true
        }
    }
}

extension PathPattern {
    /// The least number of edges.
    fileprivate var leastLength: Int {
        var sum = 0
        for part in parts {
            let (length, quantifier): (Int, PathQuantifier?) =
                switch part {
                case .node: (0, nil)
                case .edge(_, _, let quantifier): (1, quantifier)
                case .group(let group, let quantifier): (group.path.leastLength, quantifier)
                }
            let (product, isTooLarge) = length.multipliedReportingOverflow(by: quantifier?.least ?? 1)
            sum = min(sum + (isTooLarge ? Int(Int32.max) : min(product, Int(Int32.max))), Int(Int32.max))
        }
        return sum
    }

    /// Whether a quantifier without upper bound stands outside of all restrictors.
    fileprivate var isUnbounded: Bool {
        if let restrictor, restrictor != .walk { return false }
        return parts.contains { part in
            switch part {
            case .node: false
            case .edge(_, _, let quantifier): quantifier.map { $0.most == nil } ?? false
            case .group(let group, let quantifier):
                quantifier.map { $0.most == nil } ?? false || group.path.isUnbounded
            }
        }
    }

    fileprivate var quantifierCount: Int {
        parts.reduce(0) { count, part in
            switch part {
            case .node: count
            case .edge(_, _, let quantifier): count + (quantifier == nil ? 0 : 1)
            case .group(let group, let quantifier):
                count + group.path.quantifierCount + (quantifier == nil ? 0 : 1)
            }
        }
    }
}
