/// A key that the shell gives its own meaning; the rest are libedit's.
package enum EditKey: CaseIterable, Sendable {
    case submit, newline, complete, leave, rowStart, rowEnd, left, right, up, down
    case backspace, delete, killToRowEnd, killToRowStart
}

/// What a key does to the buffer, or asks libedit to do next.
package enum EditAction: Equatable, Sendable {
    case insert(String)
    /// Moves the cursor by scalars, back if negative.
    case move(by: Int)
    /// Deletes so many scalars before the cursor.
    case deleteBackward(Int)
    /// Prints whole lines below the buffer and draws it again.
    case printBelow(String)
    case run([BuiltIn])
    case beep
    case endInput

    /// A function that only libedit can run, by the letter of its private key sequence.
    package enum BuiltIn: Character, Sendable {
        case finishLine = "M"
        case previousHistory = "P"
        case nextHistory = "N"
        case setMark = "S"
        case killToMark = "K"
        case moveToRowStart = "A"
        case moveToRowEnd = "E"
    }
}
