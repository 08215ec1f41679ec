import HindsightKeyValue

/// An export that was made, as the catalog remembers it. Times are in microseconds since 1970.
package struct ExportRecord: Equatable, Sendable {
    /// Which export of the table: the milliseconds of its start and 8 hexadecimal digits.
    package let id: String
    package let table: String
    package let destination: String
    package let format: String
    /// Which images an export of changes has; empty for one of items.
    package let view: String
    package let startTime: Int64
    package let endTime: Int64
    /// Where the period of an export of changes begins.
    package let fromTime: Int64?
    /// The moment of the items, or the end of the period.
    package let time: Int64
    package let itemCount: UInt64
    package let byteCount: UInt64

    package init(
        id: String, table: String, destination: String, format: String, view: String, startTime: Int64,
        endTime: Int64, fromTime: Int64?, time: Int64, itemCount: UInt64, byteCount: UInt64
    ) {
        self.id = id
        self.table = table
        self.destination = destination
        self.format = format
        self.view = view
        self.startTime = startTime
        self.endTime = endTime
        self.fromTime = fromTime
        self.time = time
        self.itemCount = itemCount
        self.byteCount = byteCount
    }

    /// How long exports are remembered: 90 days, in microseconds.
    static let lifetime: Int64 = 90 * 86_400_000_000
}

/// The value of an export's entry, texts counted, integers packed, times 8 bytes little-endian:
///
///     form 1 | table | destination | format | view | start | end | has period 1 | from | time | items | bytes | seal 4
extension ExportRecord {
    private static let form: UInt8 = 1

    func encode() -> [UInt8] {
        var bytes = [Self.form]
        for text in [table, destination, format, view] { bytes.appendText(text) }
        bytes.appendLittleEndian(UInt64(bitPattern: startTime))
        bytes.appendLittleEndian(UInt64(bitPattern: endTime))
        bytes.append(fromTime == nil ? 0 : 1)
        bytes.appendLittleEndian(UInt64(bitPattern: fromTime ?? 0))
        bytes.appendLittleEndian(UInt64(bitPattern: time))
        bytes.appendPacked(itemCount)
        bytes.appendPacked(byteCount)
        bytes.appendSeal()
        return bytes
    }

    init(key: RawSpan, value: RawSpan) throws(MalformedBytes) {
        guard let id = key.string(in: 1..<key.byteCount) else { throw MalformedBytes() }
        var reader = ByteReader(value)
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        self.id = id
        table = try reader.text()
        destination = try reader.text()
        format = try reader.text()
        view = try reader.text()
        startTime = Int64(bitPattern: try reader.fixed64())
        endTime = Int64(bitPattern: try reader.fixed64())
        let hasPeriod = try reader.byte() != 0
        let from = Int64(bitPattern: try reader.fixed64())
        fromTime = hasPeriod ? from : nil
        time = Int64(bitPattern: try reader.fixed64())
        itemCount = try reader.integer()
        byteCount = try reader.integer()
        try reader.seal()
    }
}

extension StoreReader {
    /// The exports of the last 90 days, in the order of their numbers, which is that of their time.
    package final var exports: [ExportRecord] {
        get throws(StorageError) {
            let known = try allExports
            return known.filter { $0.endTime >= now - ExportRecord.lifetime }
        }
    }

    fileprivate final var allExports: [ExportRecord] {
        get throws(StorageError) {
            let cursor = try access.openCursor(access.trees.catalog)
            var exports: [ExportRecord] = []
            do {
                var isOnEntry = try cursor.seek(atOrAfter: [CatalogKey.exports].rawSpan)
                while isOnEntry, cursor.key.byte(at: 0) == CatalogKey.exports {
                    exports.append(try ExportRecord(key: cursor.key, value: cursor.value))
                    isOnEntry = try cursor.next()
                }
            } catch let error as KeyValueError {
                throw StorageError(error)
            } catch {
                throw .corrupt(.catalog, cursor.key.array)
            }
            return exports
        }
    }
}

extension StoreTransaction {
    /// Remembers an export, and forgets those that are too old.
    package func record(_ export: ExportRecord) throws(StorageError) {
        for old in try allExports where old.endTime < now - ExportRecord.lifetime {
            _ = try access.delete(.catalog, CatalogKey.export(old.id))
        }
        try saveEntry(CatalogKey.export(export.id), export.encode())
    }
}
