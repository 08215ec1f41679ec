/// A name as it was written. Unquoted names are looked up without regard to case, quoted ones exactly.
package struct Identifier: Sendable, Equatable {
    package let text: String
    /// Written in double quotes, or as `.'name'` in a path.
    package let isQuoted: Bool
    @Uncompared package private(set) var span: SourceSpan

    package init(_ text: String, isQuoted: Bool = false, span: SourceSpan) {
        self.text = text
        self.isQuoted = isQuoted
        self.span = span
    }

    /// By scalars: `String ==` would take canonically equivalent names for one.
    package static func == (left: Identifier, right: Identifier) -> Bool {
        left.isQuoted == right.isQuoted && left.text.utf8.elementsEqual(right.text.utf8)
    }
}

/// The name of a table, an index or a system view: `t`, `"t"."index"`, `SYSTEM.TABLES`. Never empty.
package struct TableName: Sendable, Equatable {
    package let parts: [Identifier]

    package init(_ parts: [Identifier]) {
        precondition(!parts.isEmpty, "a table name has at least one part")
        self.parts = parts
    }

    package var span: SourceSpan { parts[0].span.union(parts[parts.count - 1].span) }
}
