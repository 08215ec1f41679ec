import HindsightKeyValue

/// The value of a table's catalog entry, texts counted, integers packed, times 8 bytes little-endian:
///
///     form 1 | number | name | partition key: kind 1, name | has sort key 1 | [sort key: kind 1, name]
///            | created: version, time | parts 1 | [recovery] | [base] | [origin] | [index]
///            | [backup] | settings: count, (name, value)… | seal 4
///
///     parts     1 recovery, 2 base, 4 origin, 8 index, 16 backup
///     recovery  enabled: version, time | retention days | floor time
///     base      table, version
///     origin    table, name, version, time
///     index     table | scope 1 | ready 1 | traits 1 | projection 1: 0 all, 1 keys, 2 attributes: count, name…
///               | the table's key: count, (kind 1, name)…
///
///     backup    name | kind 1: 1 user, 2 system | table | retention days, 0 for none | expires 1, [time]
///
/// Of an index, the recovery is that of its table and is not stored.
extension TableInfo {
    private static let form: UInt8 = 1

    private enum Part {
        static let recovery: UInt8 = 1
        static let base: UInt8 = 2
        static let origin: UInt8 = 4
        static let index: UInt8 = 8
        static let backup: UInt8 = 16
    }

    func encode() -> [UInt8] {
        let recovery = index == nil ? recovery : nil
        var bytes = [Self.form]
        bytes.appendPacked(id)
        bytes.appendText(name)
        bytes.append(partitionKey)
        bytes.append(sortKey == nil ? 0 : 1)
        if let sortKey { bytes.append(sortKey) }
        bytes.appendPacked(createdVersion)
        bytes.appendTime(createdTime)
        bytes.append(
            (recovery == nil ? 0 : Part.recovery) | (base == nil ? 0 : Part.base) | (origin == nil ? 0 : Part.origin)
                | (index == nil ? 0 : Part.index) | (backup == nil ? 0 : Part.backup))
        if let recovery { bytes.append(recovery) }
        if let base {
            bytes.appendPacked(base.table)
            bytes.appendPacked(base.version)
        }
        if let origin { bytes.append(origin) }
        if let index { bytes.append(index) }
        if let backup { bytes.append(backup) }
        bytes.append(settings)
        bytes.appendSeal()
        return bytes
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        id = try reader.integer(as: UInt32.self)
        name = try reader.text()
        partitionKey = try KeyAttribute(&reader)
        sortKey = try reader.byte() == 0 ? nil : try KeyAttribute(&reader)
        createdVersion = try reader.integer()
        createdTime = try reader.time()
        let parts = try reader.byte()
        recovery = parts & Part.recovery == 0 ? nil : try Recovery(&reader)
        base = parts & Part.base == 0 ? nil : try ForkBase(&reader)
        origin = parts & Part.origin == 0 ? nil : try RestoreOrigin(&reader)
        index = parts & Part.index == 0 ? nil : try IndexInfo(&reader)
        backup = parts & Part.backup == 0 ? nil : try BackupInfo(&reader)
        settings = try reader.settings()
        try reader.seal()
    }
}

extension BackupInfo {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        name = try reader.text()
        guard let kind = Kind(rawValue: try reader.byte()) else { throw MalformedBytes() }
        self.kind = kind
        table = try reader.integer(as: UInt32.self)
        let days = try reader.integer(as: Int.self)
        retentionDays = days == 0 ? nil : days
        expiryTime = try reader.byte() == 0 ? nil : try reader.time()
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ backup: BackupInfo) {
        appendText(backup.name)
        append(backup.kind.rawValue)
        appendPacked(backup.table)
        appendPacked(backup.retentionDays ?? 0)
        append(backup.expiryTime == nil ? 0 : 1)
        if let time = backup.expiryTime { appendTime(time) }
    }

    fileprivate mutating func appendTime(_ time: Int64) {
        appendLittleEndian(UInt64(bitPattern: time))
    }

    fileprivate mutating func append(_ attribute: KeyAttribute) {
        append(attribute.kind.rawValue)
        appendText(attribute.name)
    }

    fileprivate mutating func append(_ recovery: Recovery) {
        appendPacked(recovery.enabledVersion)
        appendTime(recovery.enabledTime)
        appendPacked(recovery.retentionDays)
        appendTime(recovery.floorTime)
    }

    fileprivate mutating func append(_ origin: RestoreOrigin) {
        appendPacked(origin.table)
        appendText(origin.tableName)
        appendPacked(origin.version)
        appendTime(origin.time)
    }

    fileprivate mutating func append(_ index: IndexInfo) {
        appendPacked(index.table)
        append(index.scope.rawValue)
        append(index.isReady ? 1 : 0)
        append(index.traits.rawValue)
        switch index.projection {
        case .all: append(0)
        case .keys: append(1)
        case .attributes(let names):
            append(2)
            appendPacked(names.count)
            for name in names { appendText(name) }
        }
        appendPacked(index.primaryKey.count)
        for attribute in index.primaryKey { append(attribute) }
    }

    /// In the order of their names, so that equal settings are equal bytes.
    fileprivate mutating func append(_ settings: [String: String]) {
        appendPacked(settings.count)
        for (name, value) in settings.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            appendText(name)
            appendText(value)
        }
    }
}

extension ByteReader {
    @_lifetime(self: copy self)
    fileprivate mutating func time() throws(MalformedBytes) -> Int64 {
        Int64(bitPattern: try fixed64())
    }

    @_lifetime(self: copy self)
    fileprivate mutating func settings() throws(MalformedBytes) -> [String: String] {
        var settings: [String: String] = [:]
        for _ in 0..<(try integer(as: UInt32.self)) {
            let name = try text()
            settings[name] = try text()
        }
        return settings
    }
}

extension KeyAttribute {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        guard let kind = Kind(rawValue: try reader.byte()) else { throw MalformedBytes() }
        self.init(name: try reader.text(), kind: kind)
    }
}

extension Recovery {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        enabledVersion = try reader.integer()
        enabledTime = try reader.time()
        retentionDays = try reader.integer(as: Int.self)
        floorTime = try reader.time()
    }
}

extension ForkBase {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        table = try reader.integer(as: UInt32.self)
        version = try reader.integer()
    }
}

extension RestoreOrigin {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        table = try reader.integer(as: UInt32.self)
        tableName = try reader.text()
        version = try reader.integer()
        time = try reader.time()
    }
}

extension IndexInfo {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        table = try reader.integer(as: UInt32.self)
        guard let scope = Scope(rawValue: try reader.byte()) else { throw MalformedBytes() }
        self.scope = scope
        isReady = try reader.byte() != 0
        traits = Traits(rawValue: try reader.byte())
        projection = try Projection(&reader)
        var primaryKey: [KeyAttribute] = []
        for _ in 0..<(try reader.integer(as: UInt32.self)) { primaryKey.append(try KeyAttribute(&reader)) }
        self.primaryKey = primaryKey
    }
}

extension IndexInfo.Projection {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader) throws(MalformedBytes) {
        switch try reader.byte() {
        case 0: self = .all
        case 1: self = .keys
        case 2:
            var names: [String] = []
            for _ in 0..<(try reader.integer(as: UInt32.self)) { names.append(try reader.text()) }
            self = .attributes(names)
        default: throw MalformedBytes()
        }
    }
}
