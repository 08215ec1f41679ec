import HindsightKeyValue
import HindsightSyntax
import HindsightValues

/// What the beginning of a file says of its format.
enum FormatGuess {
    static func format(of path: String) throws -> ExchangeFormat {
        let bytes = try ImportBytes(path, isHashed: false)
        while let byte = try bytes.peek(), byte <= UInt8(ascii: " ") { bytes.advance() }
        switch try bytes.peek() {
        case UInt8(ascii: "$"): return .ion
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try jsonFormat(bytes)
        default: return .csv
        }
    }

    /// DynamoDB's form if the first item has it; Ion if it is no JSON.
    private static func jsonFormat(_ bytes: ImportBytes) throws -> ExchangeFormat {
        var records = ImportRecords(bytes, .json)
        guard let record = try? records.next(), case .text(let text) = record.content else { return .json }
        if isDynamoDB(text) { return .dynamoDBJSON }
        let isJSON = (try? Value(json: text)) != nil
        return isJSON || (try? IonReader.item(of: text)) == nil ? .json : .ion
    }

    private static func isDynamoDB(_ text: [UInt8]) -> Bool {
        guard case .structure(let fields)? = try? Value(json: text), !fields.isEmpty else { return false }
        if fields.fields.count == 1, let item = fields["Item"]?.structureValue { return isTyped(item) }
        if let keys = fields["Keys"]?.structureValue, fields["Metadata"] != nil { return isTyped(keys) }
        return isTyped(fields)
    }

    /// Whether each attribute is an object with a type's name.
    private static func isTyped(_ item: Structure) -> Bool {
        item.fields.allSatisfy { field in
            guard let typed = field.value.structureValue, typed.fields.count == 1 else { return false }
            return ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"].contains(typed.fields[0].name)
        }
    }
}
