/// A piece of a JSON text. Commas and colons are checked and not reported.
package enum JSONToken: Sendable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// The name of an object's member; its value comes next.
    case name(JSONText)
    case string(JSONText)
    /// A number without point and exponent that fits into 64 bits.
    case int(Int64)
    /// Any other number.
    case decimal(Number)
    case bool(Bool)
    case null
    /// The text is over.
    case end
}

/// Where a string stands in a JSON text, without its quotes. Its escapes and its UTF-8 are known to be valid.
package struct JSONText: Sendable {
    package let start: Int
    package let end: Int
    package let hasEscapes: Bool

    /// The length of the raw text, which is that of the UTF-8 if there are no escapes, and else more.
    package var byteCount: Int { end - start }
}
