import HindsightValues

/// The way to a value inside an item: attributes and list positions, known before the query runs.
package struct ItemPath: Sendable, Hashable {
    /// Never empty.
    package let steps: [Step]

    package enum Step: Sendable, Hashable {
        /// Without case sensitivity an exact match still wins; else the first attribute whose name differs by case only.
        case attribute(String, isCaseSensitive: Bool)
        /// Counted from 0.
        case index(Int)
    }

    package init(_ steps: [Step]) {
        precondition(!steps.isEmpty, "an item path has at least one step")
        self.steps = steps
    }

    /// Whether the path is this one attribute of the item.
    package func isAttribute(_ name: String) -> Bool {
        guard steps.count == 1, case .attribute(let step, let isCaseSensitive) = steps[0] else { return false }
        return step.utf8.elementsEqual(name.utf8)
            || (!isCaseSensitive && TextOrder.isEqualIgnoringCase(step, name))
    }

    /// The path as EXPLAIN shows it.
    package var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .attribute(let name, _):
                text += (text.isEmpty ? "" : ".") + name
            case .index(let index):
                text += "[\(index)]"
            }
        }
        return text
    }

    package static func == (left: ItemPath, right: ItemPath) -> Bool {
        left.steps.count == right.steps.count && zip(left.steps, right.steps).allSatisfy { $0.isSame(as: $1) }
    }

    package func hash(into hasher: inout Hasher) {
        for step in steps {
            switch step {
            case .attribute(let name, _): hasher.combine(name.utf8.count)
            case .index(let index): hasher.combine(index)
            }
        }
    }
}

extension ItemPath.Step {
    /// By code points: `String ==` would take canonically equivalent names for one.
    fileprivate func isSame(as other: ItemPath.Step) -> Bool {
        switch (self, other) {
        case (.attribute(let name, let isCaseSensitive), .attribute(let otherName, let isOtherCaseSensitive)):
            isCaseSensitive == isOtherCaseSensitive && name.utf8.elementsEqual(otherName.utf8)
        case (.index(let index), .index(let otherIndex)):
            index == otherIndex
        default:
            false
        }
    }
}

extension Structure {
    /// The value at a path; nil if there is none.
    func value(at path: ItemPath) -> Value? {
        var value = Value.structure(self)
        for step in path.steps {
            switch (value, step) {
            case (.structure(let structure), .attribute(let name, let isCaseSensitive)):
                guard let index = structure.firstIndex(of: name, isCaseSensitive: isCaseSensitive) else { return nil }
                value = structure.fields[index].value
            case (.list(let elements), .index(let index)):
                guard index < elements.count else { return nil }
                value = elements[index]
            default:
                return nil
            }
        }
        return value
    }
}
