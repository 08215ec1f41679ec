import HindsightKeyValue

/// A path into documents, such as `a.b[2].c`, compiled once and looked up in many. The path without steps is the item
/// itself.
package struct DocumentPath: Sendable {
    package enum Step: Sendable, Equatable {
        /// An attribute of a struct. Where a name is looked up without regard to the case of ASCII letters, as PartiQL
        /// does with unquoted ones, an attribute of exactly this name wins, and else the first one in written order.
        case attribute(String, ignoringCase: Bool)
        /// An element of a list or S-expression, from 0.
        case index(Int)
    }

    package let steps: [Step]
    /// The steps once more, flat, so that no reference is counted when they are walked.
    let compiled: ContiguousArray<CompiledStep>
    /// The names of the steps behind each other, as they stand in fields.
    let names: [UInt8]

    package init(_ steps: [Step]) {
        self.steps = steps
        var compiled: ContiguousArray<CompiledStep> = []
        var names: [UInt8] = []
        for step in steps {
            compiled.append(CompiledStep(step, names: &names))
        }
        self.compiled = compiled
        self.names = names
    }

    /// The path of a top-level attribute of exactly this name.
    package init(attribute name: String) {
        self.init([.attribute(name, ignoringCase: false)])
    }
}

extension DocumentPath: Hashable {
    package static func == (left: DocumentPath, right: DocumentPath) -> Bool {
        left.steps.count == right.steps.count && left.names == right.names
            && zip(left.compiled, right.compiled).allSatisfy { $0.action == $1.action && $0.number == $1.number }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(names)
        for step in compiled { hasher.combine(step.number) }
    }
}

extension DocumentPath: CustomStringConvertible {
    /// The path as the language writes it: `a."b c"[2]`; names that count with their case stand in quotes.
    package var description: String {
        steps.enumerated().map { position, step in
            switch step {
            case .index(let index): "[\(index)]"
            case .attribute(let name, let ignoringCase):
                (position == 0 ? "" : ".")
                    + (ignoringCase
                        ? name
                        : "\""
                            + name.split(separator: "\"", omittingEmptySubsequences: false)
                            .joined(separator: "\"\"") + "\"")
            }
        }.joined()
    }
}

/// A step with everything at hand that a look-up needs.
struct CompiledStep: Sendable {
    enum Action: Sendable {
        case exactName
        case nameIgnoringCase
        case index
        /// A name that no attribute has.
        case nothing
    }

    let action: Action
    /// The index; where the name starts in the path's `names`.
    let number: Int
    let name: DocumentName

    /// Appends the name of `step` to `names`.
    init(_ step: DocumentPath.Step, names: inout [UInt8]) {
        switch step {
        case .index(let index):
            action = .index
            number = index
            name = .nothing
        case .attribute(let text, let ignoringCase):
            number = names.count
            guard (try? DocumentName.append(text, to: &names)) != nil else {
                action = .nothing
                name = .nothing
                return
            }
            action = ignoringCase ? .nameIgnoringCase : .exactName
            name = DocumentName(in: names.rawSpan, at: number, byteCount: names.count - number)
        }
    }
}
