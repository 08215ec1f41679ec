/// Values as DynamoDB's exports write them in Ion text: numbers as decimals, binaries as blobs, and sets as lists with an
/// annotation, `$dynamodb_SS::["a", "b"]`. What else Ion has is written as Ion has it.
extension Value {
    /// Appends the value, on one line.
    ///
    /// - Throws: `notExpressible` for bags that are no sets, and for kinds that Ion does not have.
    func appendDynamoDBIon(to bytes: inout [UInt8]) throws(ValueError) {
        switch self {
        case .null, .bool, .float, .string, .symbol, .blob, .clob: appendIon(to: &bytes)
        case .int(let integer): IonText.append(Number(integer), to: &bytes)
        case .decimal(let number): IonText.append(number, to: &bytes)
        case .timestamp(let timestamp):
            guard timestamp.zone != .none else { throw .notExpressible(.timestamp, .ion) }
            appendIon(to: &bytes)
        case .list(let elements): try Self.appendIon(elements, "[", ",", "]", to: &bytes)
        case .sexp(let elements): try Self.appendIon(elements, "(", " ", ")", to: &bytes)
        case .structure(let structure): try structure.appendDynamoDBIon(to: &bytes)
        case .bag(let elements):
            bytes.append(ascii: "$dynamodb_\(try Self.setType(elements))::")
            try Self.appendIon(elements, "[", ",", "]", to: &bytes)
        case .missing, .date, .time, .interval: throw .notExpressible(kind, .ion)
        }
    }

    private static func appendIon(
        _ elements: [Value], _ opening: String, _ separator: String, _ closing: String, to bytes: inout [UInt8]
    ) throws(ValueError) {
        bytes.append(ascii: opening)
        for index in elements.indices {
            if index > 0 { bytes.append(ascii: separator) }
            try elements[index].appendDynamoDBIon(to: &bytes)
        }
        bytes.append(ascii: closing)
    }

    /// SS, NS or BS.
    private static func setType(_ elements: [Value]) throws(ValueError) -> String {
        guard Set(elements).count == elements.count else { throw .notExpressible(.bag, .ion) }
        let types = Set(
            elements.map { element in
                switch element {
                case .string: "SS"
                case .int, .decimal: "NS"
                case .blob: "BS"
                default: ""
                }
            })
        guard types.count == 1, let type = types.first, !type.isEmpty else { throw .notExpressible(.bag, .ion) }
        return type
    }
}

extension Structure {
    /// Appends the structure as Ion text of an export.
    ///
    /// - Throws: `notExpressible`.
    package func appendDynamoDBIon(to bytes: inout [UInt8]) throws(ValueError) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for field in fields {
            if case .missing = field.value { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            IonText.appendName(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try field.value.appendDynamoDBIon(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension IonText {
    /// Appends a field's name, bare where that cannot be misread.
    fileprivate static func appendName(_ name: String, to bytes: inout [UInt8]) {
        let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
            default: false
            }
        }
        let isKeyword = ["null", "true", "false", "nan"].contains { $0.utf8.elementsEqual(name.utf8) }
        if isPlain, !isKeyword, !name.isEmpty {
            bytes.append(ascii: name)
        } else {
            append(name.utf8, quote: UInt8(ascii: "'"), to: &bytes)
        }
    }
}
