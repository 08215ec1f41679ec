import HindsightValues

/// Reads `Decodable` types from values.
///
/// Structs decode as keyed containers, lists, bags and S-expressions as unkeyed ones. MISSING and an absent attribute are
/// absent keys, NULL is nil. Integers decode from any number that is exactly one; `Value`, `Structure`, `Number` and the
/// time types decode as themselves.
public struct ValueDecoder: Sendable {
    /// Handed to `Decoder.userInfo`.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    public init() {}

    /// - Throws: `DecodingError` with the path to the attribute that does not fit.
    /// - Complexity: O(size of `value` · attributes of the widest struct).
    public func decode<T: Decodable>(_ type: T.Type, from value: Value) throws -> T {
        try ValueDecoding(value: value, codingPath: [], userInfo: userInfo).decode(type)
    }
}

/// One value on its way into a `Decodable`.
struct ValueDecoding: Decoder {
    let value: Value
    let codingPath: [any CodingKey]
    let sendableUserInfo: [CodingUserInfoKey: any Sendable]

    var userInfo: [CodingUserInfoKey: Any] { sendableUserInfo }

    init(value: Value, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]) {
        self.value = value
        self.codingPath = codingPath
        sendableUserInfo = userInfo
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .structure(let structure) = value else { throw mismatch("a struct") }
        return KeyedDecodingContainer(KeyedValueDecoding<Key>(parent: self, structure: structure))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .list(let elements), .bag(let elements), .sexp(let elements):
            UnkeyedValueDecoding(parent: self, elements: elements)
        default: throw mismatch("a list or bag")
        }
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// The same decoder over a value inside this one.
    func nested(_ value: Value, at key: any CodingKey) -> ValueDecoding {
        ValueDecoding(value: value, codingPath: codingPath + [key], userInfo: sendableUserInfo)
    }

    func mismatch(_ expected: String) -> DecodingError {
        let description = "found \(value.kind.rawValue), expected \(expected)"
        return .typeMismatch(Value.self, .init(codingPath: codingPath, debugDescription: description))
    }

    func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        let exact: Int64?
        switch value {
        case .int(let integer): exact = integer
        case .decimal(let number): exact = number.exactInt64
        case .float(let double): exact = Int64(exactly: double)
        default: throw mismatch("a number")
        }
        guard let exact, let result = T(exactly: exact) else { throw mismatch("a whole number that fits \(T.self)") }
        return result
    }

    func double() throws -> Double {
        switch value {
        case .int(let integer): Double(integer)
        case .decimal(let number): number.doubleValue
        case .float(let double): double
        default: throw mismatch("a number")
        }
    }
}

extension ValueDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        switch value {
        case .null, .missing: true
        default: false
        }
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("a boolean") }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        switch value {
        case .string(let text), .symbol(let text): text
        default: throw mismatch("a string")
        }
    }

    func decode(_ type: Double.Type) throws -> Double { try double() }
    func decode(_ type: Float.Type) throws -> Float { Float(try double()) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        guard let native = T.self as? any ValueConvertible.Type else { return try T(from: self) }
        guard let result = native.init(exactly: value) as? T else { throw mismatch("\(T.self)") }
        return result
    }
}

/// The attributes of a struct, by the keys of a type.
private struct KeyedValueDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let parent: ValueDecoding
    let structure: Structure

    var codingPath: [any CodingKey] { parent.codingPath }
    var allKeys: [Key] { structure.fields.compactMap { Key(stringValue: $0.name) } }

    /// nil for an absent attribute and for MISSING.
    private func find(_ key: any CodingKey) -> ValueDecoding? {
        guard let value = structure[key.stringValue] else { return nil }
        if case .missing = value { return nil }
        return parent.nested(value, at: key)
    }

    private func require(_ key: any CodingKey) throws -> ValueDecoding {
        if let found = find(key) { return found }
        let names = structure.fields.map(\.name).joined(separator: ", ")
        let description = "no attribute \"\(key.stringValue)\" among: \(names)"
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: description))
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try require(key).decodeNil() }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try require(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try require(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try require(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try require(PlainKey("super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try require(key) }
}

/// The elements of a collection, in order.
private struct UnkeyedValueDecoding: UnkeyedDecodingContainer {
    let parent: ValueDecoding
    let elements: [Value]
    private(set) var currentIndex = 0

    init(parent: ValueDecoding, elements: [Value]) {
        self.parent = parent
        self.elements = elements
    }

    var codingPath: [any CodingKey] { parent.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private func current() throws -> ValueDecoding {
        let key = PlainKey(currentIndex)
        guard !isAtEnd else {
            let description = "the collection has \(elements.count) elements"
            throw DecodingError.valueNotFound(
                Value.self, .init(codingPath: codingPath + [key], debugDescription: description))
        }
        return parent.nested(elements[currentIndex], at: key)
    }

    private mutating func advance<T>(_ body: (ValueDecoding) throws -> T) throws -> T {
        let result = try body(current())
        currentIndex += 1
        return result
    }

    mutating func decodeNil() throws -> Bool {
        guard try current().decodeNil() else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try advance { try $0.decode(type) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try advance { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try advance { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try advance { $0 }
    }
}
