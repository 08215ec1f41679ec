/// The text being edited and the cursor's place in it, as a value: where the keys of a multi-row buffer go.
///
/// Places count Unicode scalars, as libedit does; steps go by `Character`, so that an accent or a flag is one step.
package struct EditBuffer: Equatable {
    package let scalars: [Unicode.Scalar]
    package let cursor: Int

    package init(scalars: [Unicode.Scalar], cursor: Int) {
        self.scalars = scalars
        self.cursor = min(max(cursor, 0), scalars.count)
    }

    package var text: String { Self.string(scalars[...]) }
    package var textBeforeCursor: String { Self.string(scalars[..<cursor]) }
    package var textAfterCursor: String { Self.string(scalars[cursor...]) }
    package var isEmpty: Bool { scalars.isEmpty }

    /// Scalars in the character before the cursor; 0 at the start.
    package var previousCharacterLength: Int {
        textBeforeCursor.last?.unicodeScalars.count ?? 0
    }

    /// Scalars in the character at the cursor; 0 at the end.
    package var nextCharacterLength: Int {
        Self.string(scalars[cursor...]).first?.unicodeScalars.count ?? 0
    }

    /// The place of the row's first scalar.
    package var rowStart: Int {
        (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1
    }

    /// The place after the row's last scalar.
    package var rowEnd: Int {
        scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
    }

    /// The place in the row above, as far right as here if it is that long; nil in the first row.
    package var placeAbove: Int? {
        guard rowStart > 0 else { return nil }
        let above = EditBuffer(scalars: scalars, cursor: rowStart - 1)
        return min(above.rowStart + (cursor - rowStart), above.rowEnd)
    }

    /// The place in the row below, as far right as here if it is that long; nil in the last row.
    package var placeBelow: Int? {
        guard rowEnd < scalars.count else { return nil }
        let below = EditBuffer(scalars: scalars, cursor: rowEnd + 1)
        return min(below.rowStart + (cursor - rowStart), below.rowEnd)
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
