import HindsightValues

/// GROUP AS: the bag of a group's binding tuples, one attribute for each FROM variable.
package struct GroupCollector: Sendable {
    private let names: [String]
    private let slots: [Int]
    private var tuples: [Value] = []

    /// - Parameter variables: the names of the variables and the slots that hold them.
    package init(variables: [(name: String, slot: Int)]) {
        names = variables.map(\.name)
        slots = variables.map(\.slot)
    }

    package var count: Int { tuples.count }

    /// Takes the row in the frame. A variable that is MISSING has no attribute.
    package mutating func add(_ frame: borrowing Frame) {
        var tuple = Structure()
        tuple.reserveCapacity(names.count)
        for (index, slot) in slots.enumerated() {
            let value = frame.slots[slot]
            if value.kind != .missing { tuple.append(names[index], value) }
        }
        tuples.append(.structure(tuple))
    }

    /// Takes a row by the values of the variables, or, as the first of them, the bag of an earlier collector.
    mutating func add(_ values: ContiguousArray<Value>.SubSequence, isState: Bool) {
        if isState, case .bag(let earlier) = values.first {
            tuples = earlier
            return
        }
        var tuple = Structure()
        for (name, value) in zip(names, values) where !value.isMissing { tuple.append(name, value) }
        tuples.append(.structure(tuple))
    }

    package func value() -> Value { .bag(tuples) }
}
