import HindsightValues

/// Writes `Encodable` types as values: keyed containers become structs in the order of writing, unkeyed ones lists, nil
/// becomes NULL. `Value`, `Structure`, `Number`, the time types, `Date` and `Data` encode as themselves.
public struct ValueEncoder: Sendable {
    /// Handed to `Encoder.userInfo`.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    public init() {}

    /// - Throws: `EncodingError` if the type writes nothing, or an integer beyond 64 bits.
    /// - Complexity: O(size of the result).
    public func encode<T: Encodable>(_ subject: T) throws -> Value {
        let node = EncodedNode()
        try ValueEncoding(node: node, codingPath: [], userInfo: userInfo).encode(subject)
        return node.value
    }
}

/// A value that is being written; a class, because nested containers fill it after their parents handed it out.
private final class EncodedNode {
    enum Content {
        case empty
        case value(Value)
        case fields([(name: String, node: EncodedNode)])
        case elements([EncodedNode])
    }

    var content = Content.empty

    var value: Value {
        switch content {
        case .empty: .structure(Structure())
        case .value(let value): value
        case .elements(let nodes): .list(nodes.map(\.value))
        case .fields(let fields):
            .structure(Structure(fields: fields.map { Structure.Field(name: $0.name, value: $0.node.value) }))
        }
    }

    /// A new node under `name`, behind those that are there.
    func field(_ name: String) -> EncodedNode {
        let node = EncodedNode()
        if case .fields(var fields) = content {
            content = .empty
            fields.append((name, node))
            content = .fields(fields)
        } else {
            content = .fields([(name, node)])
        }
        return node
    }

    /// A new last element.
    func element() -> EncodedNode {
        let node = EncodedNode()
        if case .elements(var nodes) = content {
            content = .empty
            nodes.append(node)
            content = .elements(nodes)
        } else {
            content = .elements([node])
        }
        return node
    }

    var elementCount: Int {
        if case .elements(let nodes) = content { nodes.count } else { 0 }
    }
}

private struct ValueEncoding: Encoder {
    let node: EncodedNode
    let codingPath: [any CodingKey]
    let sendableUserInfo: [CodingUserInfoKey: any Sendable]

    var userInfo: [CodingUserInfoKey: Any] { sendableUserInfo }

    init(node: EncodedNode, codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: any Sendable]) {
        self.node = node
        self.codingPath = codingPath
        sendableUserInfo = userInfo
    }

    func nested(_ node: EncodedNode, at key: any CodingKey) -> ValueEncoding {
        ValueEncoding(node: node, codingPath: codingPath + [key], userInfo: sendableUserInfo)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .empty = node.content { node.content = .fields([]) }
        return KeyedEncodingContainer(KeyedValueEncoding<Key>(parent: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .empty = node.content { node.content = .elements([]) }
        return UnkeyedValueEncoding(parent: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func write<T: BinaryInteger>(integer: T) throws {
        guard let fitting = Int64(exactly: integer) else {
            let description = "\(integer) does not fit into 64 bits"
            throw EncodingError.invalidValue(integer, .init(codingPath: codingPath, debugDescription: description))
        }
        node.content = .value(.int(fitting))
    }
}

extension ValueEncoding: SingleValueEncodingContainer {
    func encodeNil() { node.content = .value(.null) }
    func encode(_ value: Bool) { node.content = .value(.bool(value)) }
    func encode(_ value: String) { node.content = .value(.string(value)) }
    func encode(_ value: Double) { node.content = .value(.float(value)) }
    func encode(_ value: Float) { node.content = .value(.float(Double(value))) }
    func encode(_ value: Int) throws { try write(integer: value) }
    func encode(_ value: Int8) throws { try write(integer: value) }
    func encode(_ value: Int16) throws { try write(integer: value) }
    func encode(_ value: Int32) throws { try write(integer: value) }
    func encode(_ value: Int64) throws { try write(integer: value) }
    func encode(_ value: UInt) throws { try write(integer: value) }
    func encode(_ value: UInt8) throws { try write(integer: value) }
    func encode(_ value: UInt16) throws { try write(integer: value) }
    func encode(_ value: UInt32) throws { try write(integer: value) }
    func encode(_ value: UInt64) throws { try write(integer: value) }

    func encode<T: Encodable>(_ subject: T) throws {
        if let native = subject as? any ValueConvertible {
            node.content = .value(native.value)
        } else {
            try subject.encode(to: self)
        }
    }
}

private struct KeyedValueEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let parent: ValueEncoding

    var codingPath: [any CodingKey] { parent.codingPath }

    private func encoding(_ key: any CodingKey) -> ValueEncoding {
        parent.nested(parent.node.field(key.stringValue), at: key)
    }

    func encodeNil(forKey key: Key) { encoding(key).encodeNil() }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoding(key).encode(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoding(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoding(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { encoding(PlainKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoding(key) }
}

private struct UnkeyedValueEncoding: UnkeyedEncodingContainer {
    let parent: ValueEncoding

    var codingPath: [any CodingKey] { parent.codingPath }
    var count: Int { parent.node.elementCount }

    private func next() -> ValueEncoding {
        parent.nested(parent.node.element(), at: PlainKey(count))
    }

    func encodeNil() { next().encodeNil() }
    func encode<T: Encodable>(_ value: T) throws { try next().encode(value) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    func superEncoder() -> any Encoder { next() }
}
