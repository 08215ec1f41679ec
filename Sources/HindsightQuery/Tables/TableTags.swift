import HindsightSyntax
import HindsightValues

/// The tags of a table: words that people put on it, by DynamoDB's rules. They mean nothing to the engine.
///
/// Kept in the setting `TAGS` as a JSON object, in the order of the keys' bytes, so that equal tags are equal text.
package struct TableTags: Sendable, Hashable {
    package static let setting = "TAGS"

    /// DynamoDB's limits: tags of a table, and characters of a key and of a value.
    package static let countLimit = 50
    package static let keyLength = 1...128
    package static let valueLimit = 256
    /// In any case, at the beginning of a key.
    private static let reservedPrefix = "aws:"

    /// In the order of the keys' bytes.
    package let list: [Tag]

    package struct Tag: Sendable, Hashable {
        package let key: String
        package let value: String
    }

    /// - Parameter text: as `text` gives it; what is not is no tags.
    package init(text: String?) {
        guard let text, case .structure(let structure)? = try? Value(json: text) else {
            list = []
            return
        }
        list = structure.fields.compactMap { field in
            field.value.stringValue.map { Tag(key: field.name, value: $0) }
        }
    }

    /// The tags that a struct says: its attributes' names are the keys.
    ///
    /// - Throws: `invalidSetting` for what DynamoDB would not take.
    package init(_ value: Value) throws(QueryError) {
        guard case .structure(let structure) = value else {
            throw Self.invalid(
                "tags are a struct, not \(value.kindPhrase)", hint: "for example TAGS = {'env': 'prod'}")
        }
        guard structure.count <= Self.countLimit else {
            throw Self.invalid("a table has \(Self.countLimit) tags at most, found \(structure.count)")
        }
        var list: [Tag] = []
        for field in structure.fields {
            list.append(Tag(key: try Self.key(field.name), value: try Self.value(field.value, of: field.name)))
        }
        list.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (tag, next) in zip(list, list.dropFirst()) where tag.key.utf8.elementsEqual(next.key.utf8) {
            throw Self.invalid("the tag '\(tag.key.shortened)' is given twice")
        }
        self.list = list
    }

    /// What is kept; nil without tags.
    package var text: String? {
        list.isEmpty ? nil : Value.structure(structure).json
    }

    package var structure: Structure {
        Structure(fields: list.map { Structure.Field(name: $0.key, value: .string($0.value)) })
    }

    private static func key(_ key: String) throws(QueryError) -> String {
        guard keyLength.contains(key.unicodeScalars.count) else {
            throw invalid(
                "the key of a tag has \(keyLength.lowerBound) to \(keyLength.upperBound) characters, found "
                    + "\(key.unicodeScalars.count)")
        }
        guard !key.lowercased().hasPrefix(reservedPrefix) else {
            throw invalid("the tag '\(key.shortened)' begins with '\(reservedPrefix)', which is reserved")
        }
        return key
    }

    private static func value(_ value: Value, of key: String) throws(QueryError) -> String {
        guard let text = value.stringValue else {
            throw invalid("the value of tag '\(key.shortened)' must be a string, not \(value.kindPhrase)")
        }
        guard text.unicodeScalars.count <= valueLimit else {
            throw invalid(
                "the value of a tag has \(valueLimit) characters at most, found \(text.unicodeScalars.count)")
        }
        return text
    }

    private static func invalid(_ message: String, hint: String? = nil) -> QueryError {
        QueryError(.invalidSetting, message, at: nil, hint: hint)
    }
}
