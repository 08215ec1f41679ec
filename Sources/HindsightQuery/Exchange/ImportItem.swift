import HindsightSyntax
import HindsightValues

/// What one record asks for.
enum ImportItem {
    case put(Structure)
    case delete(Structure)

    /// Reads a record.
    ///
    /// - Throws: `ImportFault`.
    init(_ record: ImportRecords.Record, _ format: ExchangeFormat, _ schema: TableSchema) throws(ImportFault) {
        do {
            switch record.content {
            case .cells(let cells): self = .put(Self.item(cells, format, schema))
            case .text(let text):
                switch format {
                case .ion: self = try Self.wrapped(try Self.ion(text))
                case .dynamoDBJSON: self = try Self.dynamoDBJSON(text)
                default:
                    guard case .structure(let item) = try Value(json: text) else { throw NotAnItem() }
                    self = .put(item.fitted(to: schema, isText: false))
                }
            }
        } catch let error as ValueError {
            throw ImportFault(record.line, error.description)
        } catch let fault as IonFault {
            throw ImportFault(record.line, "\(fault.message), at byte \(fault.offset)")
        } catch {
            throw ImportFault(record.line, "it is no item")
        }
    }

    private struct NotAnItem: Error {}

    // MARK: DynamoDB JSON

    private static func dynamoDBJSON(_ text: [UInt8]) throws -> ImportItem {
        var scanner = JSONScanner(text.span)
        guard case .beginObject = try scanner.next() else { throw NotAnItem() }
        var parts: [String: Structure] = [:]
        while case .name(let name) = try scanner.next() {
            let name = scanner.string(name)
            guard case .beginObject = try scanner.next() else { throw NotAnItem() }
            guard ["Item", "Metadata", "Keys", "NewImage", "OldImage"].contains(name) else {
                // No words around it: the attributes themselves.
                return .put(try Structure(dynamoDBItem: text))
            }
            parts[name] = try scanner.readTypedMembers()
        }
        _ = try scanner.next()
        return try item(of: parts)
    }

    private static func item(of parts: [String: Structure]) throws -> ImportItem {
        if let item = parts["Item"] ?? parts["NewImage"] { return .put(item) }
        guard let keys = parts["Keys"] else { throw NotAnItem() }
        return .delete(keys)
    }

    // MARK: Ion

    private static func ion(_ text: [UInt8]) throws -> Structure {
        let marker = Array("$ion_1_0".utf8)
        let body = text.starts(with: marker) ? Array(text.dropFirst(marker.count)) : text
        guard case .structure(let structure) = try IonReader.item(of: body).normalized else { throw NotAnItem() }
        return structure
    }

    private static func wrapped(_ structure: Structure) throws -> ImportItem {
        let words = ["Item", "Metadata", "Keys", "NewImage", "OldImage"]
        guard structure.fields.allSatisfy({ words.contains($0.name) && $0.value.structureValue != nil }),
            !structure.isEmpty
        else { return .put(structure) }
        var parts: [String: Structure] = [:]
        for field in structure.fields { parts[field.name] = field.value.structureValue }
        return try item(of: parts)
    }

    // MARK: CSV

    private static func item(
        _ cells: [(name: String, text: String, isQuoted: Bool)], _ format: ExchangeFormat, _ schema: TableSchema
    ) -> Structure {
        var item = Structure()
        for cell in cells {
            let isKeyText = schema.keyAttributes.contains {
                $0.type == .string && TextOrder.isEqual($0.name, cell.name)
            }
            let isText = cell.isQuoted || (!cell.text.isEmpty && (isKeyText || format == .csvText))
            let value = isText ? Value.string(cell.text) : CSVText.value(of: cell.text)
            if !value.isMissing { item.append(cell.name, value) }
        }
        return item.fitted(to: schema, isText: true)
    }
}

extension Structure {
    /// The item with key attributes of the type that the table wants, where text stands for them.
    fileprivate func fitted(to schema: TableSchema, isText: Bool) -> Structure {
        var item = self
        for key in schema.keyAttributes {
            guard case .string(let text)? = item[key.name] else { continue }
            switch key.type {
            case .binary:
                let utf8 = Array(text.utf8)
                if let bytes = try? Base64.decode(utf8.span) { item = item.replacing(key.name, .blob(bytes)) }
            case .number where isText:
                if let number = try? Number.parse(text) { item = item.replacing(key.name, Value(normalizing: number)) }
            default: break
            }
        }
        return item
    }

    private func replacing(_ name: String, _ value: Value) -> Structure {
        Structure(
            fields: fields.map { TextOrder.isEqual($0.name, name) ? Field(name: $0.name, value: value) : $0 })
    }
}

extension Value {
    /// With whole decimals as ints: how DynamoDB's numbers are kept here.
    fileprivate var normalized: Value {
        switch self {
        case .decimal(let number): Value(normalizing: number)
        case .list(let elements): .list(elements.map(\.normalized))
        case .bag(let elements): .bag(elements.map(\.normalized))
        case .sexp(let elements): .sexp(elements.map(\.normalized))
        case .structure(let structure):
            .structure(
                Structure(fields: structure.fields.map { .init(name: $0.name, value: $0.value.normalized) }))
        default: self
        }
    }
}
