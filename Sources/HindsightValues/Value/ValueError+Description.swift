/// What the errors say: what was found and what is allowed, in lower case.
extension ValueError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .numberOverflow: "number is larger than 9.99…E+125"
        case .numberUnderflow: "number is smaller than 1E-130"
        case .numberTooPrecise: "number has more than 38 significant digits"
        case .invalidNumber(let offset): "malformed number at byte \(offset)"
        case .integerOverflow: "integer does not fit into 64 bits"
        case .divisionByZero: "division by zero"
        case .typeMismatch: "operation is not defined for operands of these types"
        case .invalidTime(let offset): "malformed date or time at byte \(offset)"
        case .timeOverflow: "date or time is out of range"
        case .invalidJSON(let fault, let offset): "malformed JSON: \(fault.rawValue) at byte \(offset)"
        case .invalidDynamoDBJSON(let offset): "not DynamoDB's form of JSON at byte \(offset)"
        case .notExpressible(let kind, let format): "a \(kind.rawValue) cannot be written as \(format.rawValue)"
        case .invalidBase64(let offset): "malformed Base64 at byte \(offset)"
        case .nestingTooDeep(let limit): "value is nested deeper than \(limit) levels"
        case .corruptDocument(let offset): "stored document is corrupt at byte \(offset)"
        case .documentTooLarge(let bytes, let limit): "item of \(bytes) bytes is larger than \(limit) bytes"
        case .duplicateAttribute(let name): "attribute \"\(name)\" is there twice"
        case .emptyAttributeName: "attribute name is empty"
        case .attributeNameTooLong(let bytes, let limit): "attribute name of \(bytes) bytes is longer than \(limit)"
        case .missingElement: "MISSING cannot be an element of a stored collection"
        case .notAKey(let kind): "a \(kind.rawValue) cannot be part of a key"
        case .corruptKey(let offset): "stored key is corrupt at byte \(offset)"
        }
    }
}
