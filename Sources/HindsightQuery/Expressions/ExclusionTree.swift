import HindsightSyntax
import HindsightValues

/// The parts of a value that EXCLUDE takes away (RFC 0051): its paths, joined where they start with the same steps.
///
/// All paths mean the value as it was, so that indexes do not shift. A path that leads nowhere takes nothing away; what
/// is left keeps its order. A name without quotes takes away every attribute that it fits but for case.
package struct ExclusionTree: Sendable {
    fileprivate enum Step: Sendable, Equatable {
        case attribute(String, isCaseSensitive: Bool)
        case index(Int)
        case allElements
        case allAttributes
    }

    private struct Branch: Sendable {
        let step: Step
        /// What is taken away below; nil if all is.
        var rest: ExclusionTree?
    }

    private var branches: [Branch] = []

    init() {}

    /// Adds a path of at least one step.
    ///
    /// - Throws: `invalidTarget` for an index that is no constant.
    mutating func add(_ steps: ArraySlice<BoundStep>) throws(QueryError) {
        guard let first = steps.first else { return }
        let step = try ExclusionTree.step(first)
        let rest = steps.dropFirst()
        let index = branches.firstIndex { $0.step == step } ?? branches.count
        if index == branches.count { branches.append(Branch(step: step, rest: ExclusionTree())) }
        if rest.isEmpty {
            branches[index].rest = nil
        } else {
            try branches[index].rest?.add(rest)
        }
    }

    private static func step(_ step: BoundStep) throws(QueryError) -> Step {
        switch step {
        case .attribute(let name, let isCaseSensitive, _): return .attribute(name, isCaseSensitive: isCaseSensitive)
        case .index(let index, _): return .index(index)
        case .allElements: return .allElements
        case .allAttributes: return .allAttributes
        case .computed:
            throw QueryError(
                .invalidTarget, "EXCLUDE needs a number or a name here, known before the query runs", at: step.span)
        }
    }

    /// The value without its excluded parts.
    ///
    /// - Complexity: O(size of the value · paths).
    func applied(to value: Value) -> Value {
        ExclusionTree.apply([self], to: value)
    }

    private static func apply(_ trees: [ExclusionTree], to value: Value) -> Value {
        switch value {
        case .structure(let structure):
            var kept = Structure()
            kept.reserveCapacity(structure.count)
            for field in structure.fields {
                let value = remainder(of: field.value, trees) { $0.fits(field.name) }
                if let value { kept.append(field.name, value) }
            }
            return .structure(kept)
        case .list(let elements): return .list(apply(trees, to: elements, isOrdered: true))
        case .sexp(let elements): return .sexp(apply(trees, to: elements, isOrdered: true))
        case .bag(let elements): return .bag(apply(trees, to: elements, isOrdered: false))
        default: return value
        }
    }

    private static func apply(_ trees: [ExclusionTree], to elements: [Value], isOrdered: Bool) -> [Value] {
        var kept: [Value] = []
        kept.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let value = remainder(of: element, trees) { $0 == .allElements || (isOrdered && $0 == .index(index)) }
            if let value { kept.append(value) }
        }
        return kept
    }

    /// A part with what the fitting branches leave of it; nil if one of them takes it away.
    private static func remainder(of part: Value, _ trees: [ExclusionTree], _ fits: (Step) -> Bool) -> Value? {
        var below: [ExclusionTree] = []
        for tree in trees {
            for branch in tree.branches where fits(branch.step) {
                guard let rest = branch.rest else { return nil }
                below.append(rest)
            }
        }
        return below.isEmpty ? part : apply(below, to: part)
    }
}

extension ExclusionTree.Step {
    fileprivate func fits(_ name: String) -> Bool {
        switch self {
        case .attribute(let wanted, isCaseSensitive: true): TextOrder.isEqual(wanted, name)
        case .attribute(let wanted, isCaseSensitive: false): TextOrder.isEqualIgnoringCase(wanted, name)
        case .allAttributes: true
        case .index, .allElements: false
        }
    }

    /// By code points: `String ==` would take canonically equivalent names for one.
    fileprivate static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.attribute(let name, let isExact), .attribute(let other, let isOtherExact)):
            isExact == isOtherExact && TextOrder.isEqual(name, other)
        case (.index(let index), .index(let other)): index == other
        case (.allElements, .allElements), (.allAttributes, .allAttributes): true
        default: false
        }
    }
}
