/// What can go wrong with values themselves: numbers, times, and the texts and bytes that stand for values.
///
/// Offsets count bytes from the start of the text that was read.
public enum ValueError: Error, Equatable, Sendable {
    /// The result is larger than 9.99…E+125.
    case numberOverflow
    /// The result is not zero but smaller than 1E-130.
    case numberUnderflow
    /// More than 38 significant digits were written.
    case numberTooPrecise
    /// No number starts or goes on at this offset.
    case invalidNumber(offset: Int)
    /// The result does not fit into 64 bits.
    case integerOverflow
    case divisionByZero
    /// An operand is of a kind for which the operation is not defined.
    case typeMismatch

    /// The text is no date, time, timestamp or interval; the part that is wrong stands at this offset.
    case invalidTime(offset: Int)
    /// The date or time lies outside what can be represented.
    case timeOverflow

    case invalidJSON(JSONFault, offset: Int)
    /// The text is JSON, but not in DynamoDB's form.
    case invalidDynamoDBJSON(offset: Int)
    /// The value has no form in the format that was asked for.
    case notExpressible(ValueKind, ValueFormat)
    case invalidBase64(offset: Int)

    /// Collections are nested deeper than the limit.
    case nestingTooDeep(limit: Int)
    /// A stored document breaks the rules of its code at this offset.
    case corruptDocument(offset: Int)
    /// An item is larger than the limit, by DynamoDB's way of counting.
    case documentTooLarge(bytes: Int, limit: Int)
    /// An item has two attributes of this name at its top level.
    case duplicateAttribute(String)
    case emptyAttributeName
    case attributeNameTooLong(bytes: Int, limit: Int)
    /// MISSING stands inside a list, bag or S-expression, which cannot be stored.
    case missingElement

    /// Values of this kind cannot be part of a key.
    case notAKey(ValueKind)
    /// The bytes are no key; the part that is wrong starts at this offset.
    case corruptKey(offset: Int)
}

/// What is wrong with a JSON text.
public enum JSONFault: String, Error, Sendable {
    case unexpectedEnd = "the text ends too early"
    case unexpectedByte = "unexpected character"
    case trailingContent = "more text after the value"
    case invalidNumber = "malformed number"
    case invalidEscape = "malformed escape"
    case loneSurrogate = "half of a surrogate pair"
    case controlCharacter = "control character in a string"
    case invalidUTF8 = "bytes that are not UTF-8"
}

/// A text format that values are written in.
public enum ValueFormat: String, Sendable {
    case json = "JSON"
    case dynamoDBJSON = "DynamoDB JSON"
    case ion = "Ion text"
}
