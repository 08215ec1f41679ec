/// `INSERT INTO t …`, `UPSERT INTO t …`, `REPLACE INTO t …`
package struct Insert: Sendable, Equatable {
    package let verb: Verb
    package let table: TableName
    package let alias: Identifier?
    /// `(a, b)` before VALUES; empty if not written.
    package let columns: [Identifier]
    package let source: Source
    package let onConflict: OnConflict?
    package let returning: Returning?

    package enum Verb: String, Sendable, CaseIterable {
        /// Fails on an existing key.
        case insert = "INSERT"
        /// Merges into the item of an existing key.
        case upsert = "UPSERT"
        /// Replaces the item of an existing key.
        case replace = "REPLACE"
    }

    package enum Source: Sendable, Equatable {
        /// `VALUE e`: one item.
        case value(Expression)
        /// `VALUES e, …`, a bag or any other query: each element an item (or, with columns, a row).
        case query(Query)
    }

    package init(
        verb: Verb, table: TableName, alias: Identifier?, columns: [Identifier], source: Source,
        onConflict: OnConflict?, returning: Returning?
    ) {
        self.verb = verb
        self.table = table
        self.alias = alias
        self.columns = columns
        self.source = source
        self.onConflict = onConflict
        self.returning = returning
    }
}

/// `ON CONFLICT [(a, b)] DO … [WHERE condition]`
package struct OnConflict: Sendable, Equatable {
    package let target: [Identifier]
    package let action: Action
    package let condition: Expression?

    /// From ON to the end.
    @Uncompared package private(set) var span: SourceSpan

    package enum Action: Sendable, Equatable {
        case nothing
        case replaceExcluded
        case updateExcluded
        /// `UPDATE SET … REMOVE …`, over the item that is there and EXCLUDED; at least one.
        case update([Update.Change])
    }

    package init(target: [Identifier], action: Action, condition: Expression?, span: SourceSpan) {
        self.target = target
        self.action = action
        self.condition = condition
        self.span = span
    }
}

/// `UPDATE t SET … REMOVE … [WHERE …] [RETURNING …]`, also written `FROM t WHERE … SET …`.
package struct Update: Sendable, Equatable {
    package let table: TableName
    package let alias: Identifier?
    /// In written order; at least one.
    package let changes: [Change]
    package let filter: Expression?
    package let returning: Returning?
    /// Written `FROM t WHERE … SET …`: the order in which parameters are numbered.
    package let isFilterFirst: Bool

    package enum Change: Sendable, Equatable {
        /// The path is a variable or a path.
        case set(Expression, to: Expression)
        case remove(Expression)
    }

    package init(
        table: TableName, alias: Identifier?, changes: [Change], filter: Expression?, returning: Returning?,
        isFilterFirst: Bool = false
    ) {
        self.table = table
        self.alias = alias
        self.changes = changes
        self.filter = filter
        self.returning = returning
        self.isFilterFirst = isFilterFirst
    }
}

/// `DELETE FROM t [WHERE …] [RETURNING …]`
package struct Delete: Sendable, Equatable {
    package let table: TableName
    package let alias: Identifier?
    package let filter: Expression?
    package let returning: Returning?

    package init(table: TableName, alias: Identifier?, filter: Expression?, returning: Returning?) {
        self.table = table
        self.alias = alias
        self.filter = filter
        self.returning = returning
    }
}

/// `RETURNING ALL OLD *`, `RETURNING MODIFIED NEW a.b, ALL OLD c + 1 AS d`
package struct Returning: Sendable, Equatable {
    /// At least one.
    package let items: [Item]
    @Uncompared package private(set) var span: SourceSpan

    package struct Item: Sendable, Equatable {
        package let image: Image
        /// nil for `*`.
        package let expression: Expression?
        package let alias: Identifier?

        package init(image: Image, expression: Expression?, alias: Identifier?) {
            self.image = image
            self.expression = expression
            self.alias = alias
        }
    }

    /// `ALL OLD`, `MODIFIED NEW`: the item before or after the change, whole or the changed attributes of it.
    package struct Image: Sendable, Equatable {
        package let isModified: Bool
        package let isNew: Bool

        package init(isModified: Bool, isNew: Bool) {
            self.isModified = isModified
            self.isNew = isNew
        }

        package var words: String {
            (isModified ? "MODIFIED" : "ALL") + (isNew ? " NEW" : " OLD")
        }
    }

    package init(items: [Item], span: SourceSpan) {
        self.items = items
        self.span = span
    }
}
