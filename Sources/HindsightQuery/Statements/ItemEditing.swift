import HindsightValues

// Changing a part of an item by its path. The rules where PartiQL is silent are DynamoDB's: a path must lead through
// what is there, only its last step may be new; an index behind the end of a list appends.

/// A step of the path leads through nothing, or through a value of another kind.
struct InvalidItemPath: Error {}

extension Structure {
    /// Sets the value at a path.
    mutating func set(_ steps: ArraySlice<ItemPath.Step>, to value: Value) throws(InvalidItemPath) {
        guard case .attribute(let name, let isCaseSensitive) = steps.first else { throw InvalidItemPath() }
        let index = firstIndex(of: name, isCaseSensitive: isCaseSensitive)
        let rest = steps.dropFirst()
        if rest.isEmpty {
            if let index { fields[index].value = value } else { append(name, value) }
            return
        }
        guard let index else { throw InvalidItemPath() }
        try fields[index].value.set(rest, to: value)
    }

    /// Removes the value at a path; nothing happens if there is none.
    mutating func remove(_ steps: ArraySlice<ItemPath.Step>) {
        guard case .attribute(let name, let isCaseSensitive) = steps.first,
            let index = firstIndex(of: name, isCaseSensitive: isCaseSensitive)
        else { return }
        let rest = steps.dropFirst()
        if rest.isEmpty {
            fields.remove(at: index)
        } else {
            fields[index].value.remove(rest)
        }
    }

    /// The attribute of this name; without case sensitivity an exact match wins over the first that differs by case.
    func firstIndex(of name: String, isCaseSensitive: Bool) -> Int? {
        if let exact = firstIndex(of: name) { return exact }
        if isCaseSensitive { return nil }
        return fields.firstIndex { TextOrder.isEqualIgnoringCase($0.name, name) }
    }
}

extension Value {
    fileprivate mutating func set(_ steps: ArraySlice<ItemPath.Step>, to value: Value) throws(InvalidItemPath) {
        switch (self, steps.first) {
        case (.structure(var structure), .attribute):
            self = .missing
            defer { self = .structure(structure) }
            try structure.set(steps, to: value)
        case (.list(var elements), .index(let index)):
            self = .missing
            defer { self = .list(elements) }
            let rest = steps.dropFirst()
            if index >= elements.count {
                guard rest.isEmpty else { throw InvalidItemPath() }
                elements.append(value)
            } else if rest.isEmpty {
                elements[index] = value
            } else {
                try elements[index].set(rest, to: value)
            }
        default:
            throw InvalidItemPath()
        }
    }

    fileprivate mutating func remove(_ steps: ArraySlice<ItemPath.Step>) {
        switch (self, steps.first) {
        case (.structure(var structure), .attribute):
            self = .missing
            structure.remove(steps)
            self = .structure(structure)
        case (.list(var elements), .index(let index)) where index < elements.count:
            self = .missing
            let rest = steps.dropFirst()
            if rest.isEmpty { elements.remove(at: index) } else { elements[index].remove(rest) }
            self = .list(elements)
        default:
            break
        }
    }

    /// What lies on some paths below this value, in the same shape: structs of the touched attributes, lists of the
    /// touched elements packed together. Nil if nothing does.
    fileprivate func part(at paths: [ArraySlice<ItemPath.Step>]) -> Value? {
        if paths.contains(where: \.isEmpty) { return self }
        switch self {
        case .structure(let structure):
            let part = structure.part(at: paths)
            return part.isEmpty ? nil : .structure(part)
        case .list(let elements):
            var part: [Value] = []
            for (index, element) in elements.enumerated() {
                let below = paths.compactMap { path in path.first == .index(index) ? path.dropFirst() : nil }
                if !below.isEmpty, let found = element.part(at: below) { part.append(found) }
            }
            return part.isEmpty ? nil : .list(part)
        default:
            return nil
        }
    }
}

extension Structure {
    /// The parts of the item that lie on some paths.
    func part(at paths: [ArraySlice<ItemPath.Step>]) -> Structure {
        var part = Structure()
        for (index, field) in fields.enumerated() {
            let below = paths.compactMap { path -> ArraySlice<ItemPath.Step>? in
                guard case .attribute(let name, let isCaseSensitive) = path.first,
                    firstIndex(of: name, isCaseSensitive: isCaseSensitive) == index
                else { return nil }
                return path.dropFirst()
            }
            if !below.isEmpty, let found = field.value.part(at: below) { part.append(field.name, found) }
        }
        return part
    }
}

extension ItemPath {
    /// Whether this path has to be removed before another: of two elements of one list the later one, so that the index
    /// of the other still fits.
    func isRemoved(before other: ItemPath) -> Bool {
        for (step, otherStep) in zip(steps, other.steps) where step != otherStep {
            guard case (.index(let index), .index(let otherIndex)) = (step, otherStep) else { return false }
            return index > otherIndex
        }
        return steps.count > other.steps.count
    }
}
