import HindsightSyntax
import HindsightValues

/// The variables that expressions of one query block may name, with the block around it as parent.
///
/// A class, because binding an expression may add what a FROM variable is used for.
final class Scope {
    let parent: Scope?
    /// In the order in which they were bound; those further left are visible to the sources further right.
    private(set) var variables: [ScopeVariable] = []
    /// Set once GROUP BY is bound, and nil again while the arguments of aggregates are.
    var grouping: Grouping?
    /// Takes aggregate calls; nil where there is nothing to aggregate over.
    var aggregation: Aggregation?
    /// Takes window calls, or says why none may stand here.
    var windows = WindowPlace.refused(.elsewhere)
    /// While the value that a FROM item ranges over is bound: names of the session's variables come first there.
    var isBindingSource = false
    /// The SELECT list's names, for ORDER BY.
    var aliases: [(name: Identifier, value: BoundExpression)] = []

    init(parent: Scope?) {
        self.parent = parent
    }

    /// - Throws: `duplicateName` if there is a variable of exactly this name in the same block.
    func add(_ variable: ScopeVariable) throws(QueryError) {
        if let name = variable.name,
            variables.contains(where: { $0.name.map { TextOrder.isEqual($0.text, name.text) } ?? false })
        {
            throw QueryError(
                .duplicateName, "the variable '\(name.text)' is defined twice", at: name.span,
                hint: "give one of them another name with AS")
        }
        variables.append(variable)
    }

    /// What names mean in this block.
    struct Names {
        var variables: [ScopeVariable]
        var grouping: Grouping?
    }

    var names: Names { Names(variables: variables, grouping: grouping) }

    /// Binds something for which names have another meaning.
    func withNames<R>(_ names: Names, _ body: () throws(QueryError) -> R) throws(QueryError) -> R {
        let (variables, grouping) = (variables, grouping)
        defer { (self.variables, self.grouping) = (variables, grouping) }
        (self.variables, self.grouping) = (names.variables, names.grouping)
        return try body()
    }

    /// The variables of this block that fit a name.
    func matches(_ name: Identifier) -> [ScopeVariable] {
        variables.filter { variable in
            guard let other = variable.name else { return false }
            return name.isQuoted ? other.text.utf8.elementsEqual(name.text.utf8) : other.isSameName(as: name)
        }
    }

    /// The sources of FROM; a name that fits nothing else is taken as an attribute of the only one.
    var sources: [ScopeVariable] {
        variables.filter { $0.role == .source }
    }
}

/// One variable of a scope.
final class ScopeVariable {
    enum Role {
        /// `AS x` in FROM.
        case source
        /// `AT x` in FROM.
        case position
        case binding
        /// A query of WITH: in FROM its name wins over a table's.
        case query
    }

    enum Content {
        /// Any value, in a slot.
        case slot(Int)
        case table(TableVariable)
        /// A value that is computed where it is used: a WITH query, a session's variable.
        case expression(BoundExpression)
    }

    /// Nil for a source that has neither an alias nor a name of its own.
    let name: Identifier?
    let role: Role
    let content: Content

    init(name: Identifier?, role: Role, content: Content) {
        self.name = name
        self.role = role
        self.content = content
    }
}

/// A table in FROM: which parts of its items the statement needs, each in a slot.
final class TableVariable {
    let reference: TableReference
    let schema: TableSchema
    let span: SourceSpan
    /// AS OF, or the beginning of VERSIONS BETWEEN.
    let moment: BoundMoment?
    /// The end of VERSIONS BETWEEN.
    let end: BoundMoment?
    private(set) var itemSlot: Int?
    /// How often each slot is read: the item's and those of paths. What the table's own conditions read is taken off again.
    private var itemUses = 0
    private(set) var paths: [(path: ItemPath, slot: Int, uses: Int)] = []

    init(
        _ reference: TableReference, _ schema: TableSchema, span: SourceSpan, moment: BoundMoment?,
        end: BoundMoment? = nil
    ) {
        self.reference = reference
        self.schema = schema
        self.span = span
        self.moment = moment
        self.end = end
    }

    /// The slot of the whole item.
    func useItem(_ statement: StatementBinder) -> Int {
        let slot = itemSlot ?? statement.makeSlot()
        itemSlot = slot
        itemUses += 1
        return slot
    }

    /// The slot of a path of the item.
    func use(_ path: ItemPath, _ statement: StatementBinder) -> Int {
        if let known = paths.firstIndex(where: { $0.path == path }) {
            paths[known].uses += 1
            return paths[known].slot
        }
        let slot = statement.makeSlot()
        paths.append((path, slot, 1))
        return slot
    }

    /// Counts one more use of each slot that an expression reads, because it was copied.
    func retain(_ expression: BoundExpression) {
        expression.forEachSlot { addUses(1, of: $0) }
    }

    /// Takes back one use of each slot that a condition reads, since the table itself now applies it.
    func release(_ condition: BoundExpression) {
        condition.forEachSlot { addUses(-1, of: $0) }
    }

    private func addUses(_ count: Int, of slot: Int) {
        if slot == itemSlot { itemUses += count }
        if let index = paths.firstIndex(where: { $0.slot == slot }) { paths[index].uses += count }
    }

    /// Whether a slot is one of the variable's.
    func owns(_ slot: Int) -> Bool {
        slot == itemSlot || paths.contains { $0.slot == slot }
    }

    /// All slots that belong to the variable, whether still used or not.
    var slots: Set<Int> {
        var slots = Set(paths.map(\.slot))
        if let itemSlot { slots.insert(itemSlot) }
        return slots
    }

    /// What has to be read for each row, by slot.
    var columns: [(column: ScanColumn, slot: Int)] {
        var columns: [(column: ScanColumn, slot: Int)] = []
        if let itemSlot, itemUses > 0 { columns.append((.item, itemSlot)) }
        for (path, slot, uses) in paths where uses > 0 { columns.append((.path(path), slot)) }
        return columns
    }

    /// The path whose slot this is.
    func path(of slot: Int) -> ItemPath? {
        paths.first { $0.slot == slot }?.path
    }
}

/// The keys of a GROUP BY, as the clauses after it see them.
struct Grouping {
    struct Key {
        let expression: Expression
        /// The alias, or the name that the expression gives.
        let name: Identifier?
        /// What the key reads, if it is a variable or a path.
        let reference: Reference?
        let slot: Int
    }

    let keys: [Key]
    /// GROUP AS.
    let group: (name: Identifier, slot: Int)?

    /// The slot that a name means by itself; nil if it is no key's and not the group's.
    func slot(named name: Identifier) -> Int? {
        if let group, group.name.isSameName(as: name) { return group.slot }
        return keys.first { $0.name.map { $0.isSameName(as: name) } ?? false }?.slot
    }

    /// The same keys, of which one is found in another slot.
    func replacing(slot old: Int, by new: Int) -> Grouping {
        let keys = keys.map { key in
            Key(
                expression: key.expression, name: key.name, reference: key.reference,
                slot: key.slot == old ? new : key.slot)
        }
        return Grouping(keys: keys, group: group.map { ($0.name, $0.slot == old ? new : $0.slot) })
    }
}

/// The aggregates of a query block, collected while the clauses after GROUP BY are bound.
final class Aggregation {
    struct Call {
        let kind: AggregateKind
        let isDistinct: Bool
        /// Nil for COUNT(*).
        let argument: BoundExpression?
        let slot: Int
        let span: SourceSpan
        fileprivate let written: Expression?
    }

    private(set) var calls: [Call] = []

    /// The slot of an equal call that was bound before.
    func slot(of call: AggregateCall) -> Int? {
        calls.first { $0.kind == call.kind && $0.isDistinct == call.isDistinct && $0.written == call.argument }?.slot
    }

    func add(_ call: AggregateCall, argument: BoundExpression?, slot: Int) {
        calls.append(
            Call(
                kind: call.kind, isDistinct: call.isDistinct, argument: argument, slot: slot, span: call.span,
                written: call.argument))
    }
}

/// A variable and the way from it to a value, as far as that is fixed.
struct Reference {
    let variable: ScopeVariable
    let steps: [ItemPath.Step]

    /// Whether this is the start of the other's way.
    func isPrefix(of other: Reference) -> Bool {
        variable === other.variable && steps.count <= other.steps.count
            && zip(steps, other.steps).allSatisfy { $0.fits($1) }
    }
}

extension ItemPath.Step {
    /// Whether both find the same in any item, as far as can be known: names that differ by case do unless both are
    /// case-sensitive.
    fileprivate func fits(_ other: ItemPath.Step) -> Bool {
        switch (self, other) {
        case (.attribute(let name, let isExact), .attribute(let otherName, let isOtherExact)):
            name.utf8.elementsEqual(otherName.utf8)
                || (!(isExact && isOtherExact) && TextOrder.isEqualIgnoringCase(name, otherName))
        case (.index(let index), .index(let otherIndex)): index == otherIndex
        default: false
        }
    }
}

extension Identifier {
    /// Whether two names mean the same variable: without regard to case, unless both are quoted.
    func isSameName(as other: Identifier) -> Bool {
        if text.utf8.elementsEqual(other.text.utf8) { return true }
        return !(isQuoted && other.isQuoted) && TextOrder.isEqualIgnoringCase(text, other.text)
    }
}
