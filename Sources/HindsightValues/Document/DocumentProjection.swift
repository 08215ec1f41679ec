import HindsightKeyValue

/// Paths whose values are wanted, and the slots of a row into which they go.
package struct DocumentProjection: Sendable {
    package struct Target: Sendable {
        package let path: DocumentPath
        package let slot: Int

        /// - Parameter path: without steps, the whole item.
        package init(_ path: DocumentPath, slot: Int) {
            self.path = path
            self.slot = slot
        }
    }

    private let targets: ContiguousArray<Target>

    package init(_ targets: [Target]) {
        self.targets = ContiguousArray(targets)
    }

    package var isEmpty: Bool { targets.isEmpty }

    /// Decodes the values at the paths into their slots; MISSING where there is none. Other slots stay as they are.
    ///
    /// - Parameter base: is added to each slot, for rows that stand behind each other.
    /// - Precondition: `slots` has all slots.
    /// - Throws: `ValueError.corruptDocument`; some slots may have been written then.
    package func load(
        _ document: RawSpan, into slots: inout ContiguousArray<Value>, at base: Int = 0
    ) throws(ValueError) {
        for index in targets.indices {
            let slot = base + targets[index].slot
            if let offset = try Document.locate(targets[index].path, in: document) {
                slots[slot] = try Document.value(at: offset, in: document)
            } else {
                slots[slot] = .missing
            }
        }
    }
}
