import HindsightSyntax
import HindsightValues

/// Searches a graph for the matches of a pattern: depth first, with the ways that are still open on a stack of its own, so
/// that no pattern and no path can be too long for the thread's.
///
/// In the chain of what was passed, a link is an edge with the node that it leads to; a path begins with a link of no edge
/// (-1), and a selected path is one link of its number (-2, -3, …).
struct GraphSearch {
    let plan: MatchPlan
    let conditions: [PredicateEvaluator]
    let graph: Graph
    let span: SourceSpan

    var stack: [SearchState] = []
    var paths = ChainArena()
    var collections = ChainArena()
    /// What complete ambiguous paths were, in whole.
    private var seen: Set<[Int32]> = []
    private var seenBytes = 0
    private var selected: [[SelectedPath]] = []
    private var pace = 0
    private var reservedBytes = 0

    init(_ plan: MatchPlan, conditions: [PredicateEvaluator], graph: Graph, span: SourceSpan) {
        self.plan = plan
        self.conditions = conditions
        self.graph = graph
        self.span = span
    }

    /// All matches, each as a struct of the variables.
    mutating func matches(_ frame: inout Frame) throws(QueryError) -> [Value] {
        var rowBytes = 0
        defer { frame.context.releaseMemory(reservedBytes + rowBytes) }
        for selection in plan.selections { selected.append(try select(selection, &frame)) }
        reset()
        var rows: [Value] = []
        stack.append(initialState)
        while let state = stack.popLast() {
            try keepPace(&frame)
            paths.truncate(to: state.arenaCounts.path)
            collections.truncate(to: state.arenaCounts.collected)
            guard let match = try run(state, plan.program, stopsAtEdges: false, &frame) else { continue }
            let row = row(match)
            let bytes = row.estimatedBytes
            try frame.context.reserveMemory(bytes, for: span)
            rowBytes += bytes
            rows.append(row)
        }
        return rows
    }

    /// Forgets the ways and the chains of a search, not what was selected.
    mutating func reset() {
        stack = []
        paths = ChainArena()
        collections = ChainArena()
        seen = []
        seenBytes = 0
    }

    var initialState: SearchState {
        SearchState(registers: ContiguousArray(repeating: -1, count: plan.registerCount))
    }

    /// Looks for cancellation and accounts for memory every few rounds.
    mutating func keepPace(_ frame: inout Frame, further bytes: Int = 0) throws(QueryError) {
        pace += 1
        guard pace & 0xFF == 0 else { return }
        try frame.context.checkCancellation()
        let stateBytes = MemoryLayout<SearchState>.stride + plan.registerCount * MemoryLayout<Int32>.stride
        let linkBytes = (paths.count + collections.count) * MemoryLayout<ChainArena.Link>.stride
        let needed = stack.count * stateBytes + linkBytes + seenBytes + bytes
        if needed > reservedBytes {
            try frame.context.reserveMemory(needed - reservedBytes, for: span)
        } else {
            frame.context.releaseMemory(reservedBytes - needed)
        }
        reservedBytes = needed
    }

    // MARK: Steps

    /// Follows a way until it ends, parts into several, which go onto the stack, or is complete.
    ///
    /// - Returns: the state that is complete, or that stands before an edge if it shall stop there.
    mutating func run(
        _ start: SearchState, _ program: [SearchStep], stopsAtEdges: Bool, _ frame: inout Frame
    ) throws(QueryError) -> SearchState? {
        var state = start
        while true {
            let step = program[state.position]
            state.position += 1
            switch step {
            case .start(let register):
                startPath(state, register)
                return nil
            case .node(let test):
                guard fits(test, state.node, graph.nodes[Int(state.node)], &state) else { return nil }
            case .edge(let test):
                guard !stopsAtEdges else {
                    state.position -= 1
                    return state
                }
                pushSteps(from: state, test)
                return nil
            case .check(let condition):
                guard try holds(condition, state, &frame) else { return nil }
            case .openScope(let register):
                state.registers[register] = state.path.count
            case .startLoop(let register):
                state.registers[register] = 0
            case .loop(let test):
                guard enterLoop(test, &state) else { return nil }
            case .endIteration(let test, let head, let variables):
                endIteration(test, variables, &state)
                state.position = head
            case .optional(let exit):
                push(state, at: exit)
            case .endPath(let isAmbiguous):
                if isAmbiguous, !isNew(state) { return nil }
            case .selection(let number):
                pushSelected(number, state)
                return nil
            case .accept:
                state.position -= 1
                return state
            }
        }
    }

    private mutating func push(_ state: SearchState, at position: Int) {
        var state = state
        state.position = position
        state.arenaCounts = (paths.count, collections.count)
        stack.append(state)
    }

    private mutating func startPath(_ state: SearchState, _ register: Int?) {
        if let register, state.registers[register] >= 0 { return pushStart(state, at: state.registers[register]) }
        for node in graph.nodes.indices.reversed() { pushStart(state, at: Int32(node)) }
    }

    private mutating func pushStart(_ state: SearchState, at node: Int32) {
        var next = state
        (next.node, next.first) = (node, node)
        paths.append(-1, node, to: &next.path)
        push(next, at: state.position)
    }

    /// Pushes the state behind each edge that fits, the first on top.
    mutating func pushSteps(from state: SearchState, _ test: EdgeTest) {
        for step in graph.steps(at: state.node).reversed() where !step.sense.isDisjoint(with: test.senses) {
            guard allows(step, state, test.scopes) else { continue }
            var next = state
            guard fits(test.element, step.edge, graph.edges[Int(step.edge)].element, &next) else { continue }
            next.node = step.node
            paths.append(step.edge, step.node, to: &next.path)
            push(next, at: next.position)
        }
    }

    private func fits(
        _ test: ElementTest, _ number: Int32, _ element: Graph.Element, _ state: inout SearchState
    ) -> Bool {
        if let label = test.label, !label.holds(for: element.labels) { return false }
        guard let register = test.register else { return true }
        let bound = state.registers[register]
        if bound < 0 { state.registers[register] = number }
        return bound < 0 || bound == number
    }

    // MARK: Restrictors

    private func allows(_ step: Graph.Step, _ state: SearchState, _ scopes: [RestrictorScope]) -> Bool {
        scopes.allSatisfy { scope in
            // The last link before the scope's own leads to its first node.
            let start = state.registers[scope.register]
            switch scope.restrictor {
            case .walk: return true
            case .trail: return !passes(state, after: start) { $0.first == step.edge }
            case .acyclic: return !passes(state, after: start - 1) { $0.second == step.node }
            case .simple: return allowsSimple(step, state, start)
            }
        }
    }

    /// The first node may come again as the last: it is then where the path has to end.
    private func allowsSimple(_ step: Graph.Step, _ state: SearchState, _ start: Int32) -> Bool {
        var isRepeated = false
        var first: Int32 = -1
        paths.forEachFromEnd(of: state.path, after: start - 1) { link in
            if link.second == step.node { isRepeated = true }
            first = link.second
            return true
        }
        if state.path.count > start, state.node == first { return false }
        return !isRepeated || step.node == first
    }

    private func passes(
        _ state: SearchState, after start: Int32, _ predicate: (ChainArena.Link) -> Bool
    ) -> Bool {
        var isFound = false
        paths.forEachFromEnd(of: state.path, after: start) { link in
            isFound = predicate(link)
            return !isFound
        }
        return isFound
    }

    // MARK: Loops

    /// Goes on behind the loop if it may end; the way into a further repetition goes onto the stack.
    private mutating func enterLoop(_ test: LoopTest, _ state: inout SearchState) -> Bool {
        let count = state.registers[test.counter]
        let mayRepeat = test.most.map { count < $0 } ?? true
        let mayEnd = count >= test.least
        var further = state
        further.registers[test.mark] = state.collected.count
        guard mayEnd else {
            state = further
            return true
        }
        if mayRepeat { push(further, at: further.position) }
        state.registers[test.counter] = -1
        state.registers[test.mark] = -1
        state.position = test.exit
        return true
    }

    /// Without upper bound, repetitions are counted only as far as the lower bound: more make no difference.
    private mutating func endIteration(_ test: LoopTest, _ variables: [Int], _ state: inout SearchState) {
        let count = state.registers[test.counter]
        state.registers[test.counter] = test.most == nil ? min(count + 1, test.least) : count + 1
        for variable in variables {
            let register = plan.variables[variable].register
            let element = state.registers[register]
            if element >= 0 { collections.append(Int32(clamping: variable), element, to: &state.collected) }
            state.registers[register] = -1
        }
    }

    // MARK: Values

    private func holds(_ number: Int, _ state: SearchState, _ frame: inout Frame) throws(QueryError) -> Bool {
        for read in plan.conditions[number].reads {
            let variable = plan.variables[read.variable]
            frame.slots[variable.slot] =
                read.isGroup
                ? list(read.variable, state, since: read.since.map { max(0, state.registers[$0]) } ?? 0)
                : value(variable, state)
        }
        return try conditions[number](&frame)
    }

    private func row(_ state: SearchState) -> Value {
        var row = Structure()
        for (number, variable) in plan.variables.enumerated() where variable.kind != .path {
            row.append(variable.name, variable.isGroup ? list(number, state, since: 0) : value(variable, state))
        }
        return .structure(row)
    }

    private func value(_ variable: PatternVariable, _ state: SearchState) -> Value {
        let element = state.registers[variable.register]
        return element < 0 ? .null : payload(variable.kind, element)
    }

    private func list(_ variable: Int, _ state: SearchState, since start: Int32) -> Value {
        var values: [Value] = []
        collections.forEachFromEnd(of: state.collected, after: start) { link in
            if link.first == Int32(clamping: variable) {
                values.append(payload(plan.variables[variable].kind, link.second))
            }
            return true
        }
        return .list(values.reversed())
    }

    private func payload(_ kind: PatternVariable.Kind, _ element: Int32) -> Value {
        kind == .node ? graph.nodes[Int(element)].payload : graph.edges[Int(element)].element.payload
    }

    // MARK: Complete paths

    /// Whether no other way led to the same elements with the same variables.
    mutating func isNew(_ state: SearchState) -> Bool {
        var key = [Int32(clamping: state.position)] + state.registers
        key += paths.numbers(of: state.path) + collections.numbers(of: state.collected)
        guard seen.insert(key).inserted else { return false }
        seenBytes += key.count * MemoryLayout<Int32>.stride + GraphSearch.keyOverhead
        return true
    }

    /// What an array in a set takes beside its elements, in bytes.
    static let keyOverhead = 64

    private mutating func pushSelected(_ number: Int, _ state: SearchState) {
        let selection = plan.selections[number]
        for (index, path) in selected[number].enumerated().reversed() {
            var next = state
            var isFitting = true
            for (variable, element) in zip(selection.variables, path.elements) where element >= 0 {
                let register = plan.variables[variable].register
                if next.registers[register] < 0 { next.registers[register] = element }
                isFitting = isFitting && next.registers[register] == element
            }
            guard isFitting else { continue }
            for (variable, element) in path.collected { collections.append(variable, element, to: &next.collected) }
            paths.append(-2 - Int32(clamping: number), Int32(clamping: index), to: &next.path)
            push(next, at: next.position)
        }
    }
}

extension LabelExpression {
    /// Labels are data, and are compared exactly, as they are written.
    fileprivate func holds(for labels: [String]) -> Bool {
        switch self {
        case .name(let name): labels.contains { TextOrder.isEqual($0, name.text) }
        case .any: !labels.isEmpty
        case .not(let operand): !operand.holds(for: labels)
        case .and(let operands): operands.allSatisfy { $0.holds(for: labels) }
        case .or(let operands): operands.contains { $0.holds(for: labels) }
        }
    }
}
