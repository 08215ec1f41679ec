import HindsightSyntax
import HindsightValues

/// A path that a selector chose.
struct SelectedPath {
    /// What the path's variables are bound to, in the order of `PathSelection.variables`; -1 for nothing.
    let elements: [Int32]
    /// The variables and elements of repetitions, in order.
    let collected: [(variable: Int32, element: Int32)]
}

/// The search for the paths of a selector: breadth first, by length, so that the first found are the shortest.
///
/// It ends on any graph. From two states that agree in all that decides how they may go on, the same paths lead on; so of
/// the ways into such a state, only as many are followed as the selector could choose.
extension GraphSearch {
    mutating func select(_ selection: PathSelection, _ frame: inout Frame) throws(QueryError) -> [SelectedPath] {
        reset()
        var found: [SelectedPath] = []
        var states = Quota(selection.selector)
        var ends = Quota(selection.selector)
        var length: Int32 = 0
        stack = [initialState]
        while !stack.isEmpty {
            var waiting: [SearchState] = []
            while let state = stack.popLast() {
                let bytes = (states.count + ends.count + waiting.count) * GraphSearch.keyOverhead * 2
                try keepPace(&frame, further: bytes)
                guard let next = try run(state, selection.program, stopsAtEdges: true, &frame) else { continue }
                if case .edge(let test) = selection.program[next.position] {
                    if selection.isAmbiguous, !isNew(next) { continue }
                    if selection.readsGroups || states.admits(key(next, selection, test), length) {
                        waiting.append(next)
                    }
                } else if ends.admits([next.first, next.node], length) {
                    found.append(selectedPath(next, selection))
                }
            }
            for state in waiting {
                guard case .edge(let test) = selection.program[state.position] else { continue }
                var next = state
                next.position += 1
                pushSteps(from: next, test)
                try keepPace(&frame, further: waiting.count * GraphSearch.keyOverhead)
            }
            stack.reverse()
            length += 1
        }
        return found
    }

    /// What decides how a state may go on: under a restrictor, all that was passed since it began to hold.
    private func key(_ state: SearchState, _ selection: PathSelection, _ test: EdgeTest) -> [Int32] {
        var key = [Int32(clamping: state.position), state.first, state.node]
        for register in selection.keyRegisters { key.append(state.registers[register]) }
        if let start = test.scopes.map({ state.registers[$0.register] }).min() {
            for scope in test.scopes { key.append(state.path.count - state.registers[scope.register]) }
            key += paths.numbers(of: state.path, after: start - 1)
        }
        return key
    }

    private func selectedPath(_ state: SearchState, _ selection: PathSelection) -> SelectedPath {
        var collected: [(variable: Int32, element: Int32)] = []
        collections.forEachFromEnd(of: state.collected) { link in
            collected.append((link.first, link.second))
            return true
        }
        return SelectedPath(
            elements: selection.variables.map { state.registers[plan.variables[$0].register] },
            collected: collected.reversed())
    }
}

/// Counts paths, and says how many of them a selector can choose.
private struct Quota {
    private struct Visits {
        var paths = 0
        var lengths = 0
        var lastLength: Int32 = -1
    }

    private let mostPaths: Int
    private let mostLengths: Int
    private var visits: [[Int32]: Visits] = [:]

    init(_ selector: PathSelector) {
        switch selector {
        case .any(let count): (mostPaths, mostLengths) = (count ?? 1, Int.max)
        case .anyShortest: (mostPaths, mostLengths) = (1, Int.max)
        case .allShortest: (mostPaths, mostLengths) = (Int.max, 1)
        case .shortest(let count): (mostPaths, mostLengths) = (count, Int.max)
        case .shortestGroups(let count): (mostPaths, mostLengths) = (Int.max, count)
        }
    }

    var count: Int { visits.count }

    /// Counts a path of this length, if there is room for it. Lengths come in ascending order.
    mutating func admits(_ key: [Int32], _ length: Int32) -> Bool {
        var entry = visits[key] ?? Visits()
        let isNewLength = entry.lastLength != length
        guard entry.paths < mostPaths, !isNewLength || entry.lengths < mostLengths else { return false }
        entry.paths += 1
        entry.lengths += isNewLength ? 1 : 0
        entry.lastLength = length
        visits[key] = entry
        return true
    }
}
