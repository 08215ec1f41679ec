import HindsightKeyValue
import HindsightValues

/// One data file of an export, while it is written.
final class ExportFile {
    private let file: FileWriter
    private let deflater: Deflater?
    private var hash = MD5()
    private var pending: [UInt8] = []
    private(set) var itemCount = 0
    /// Before they are packed.
    private(set) var byteCount = 0

    init(creating path: String, isPacked: Bool) throws(KeyValueError) {
        file = try FileWriter(creating: path)
        deflater = isPacked ? try Deflater() : nil
    }

    /// Adds a line, of an item or of names.
    func add(_ line: [UInt8], isItem: Bool = true) throws(KeyValueError) {
        if isItem { itemCount += 1 }
        byteCount += line.count
        if let deflater { deflater.deflate(line, into: &pending) } else { pending += line }
        if pending.count >= Self.pieceSize { try write() }
    }

    /// Ends the file, durably.
    ///
    /// - Returns: its MD5.
    func close() throws(KeyValueError) -> [UInt8] {
        deflater?.finish(into: &pending)
        try write()
        try file.close()
        return hash.finish()
    }

    private func write() throws(KeyValueError) {
        hash.add(pending)
        try file.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    private static let pieceSize = 1 << 16
}

/// What an export is, before it begins.
struct ExportPlan {
    let table: String
    let format: ExchangeFormat
    let view: ExportView
    /// As the statement names it.
    let destination: String
    /// The file or folder to be.
    let path: String
    /// One file, not a folder of them.
    let isSingleFile: Bool
    /// The names of the line of names, for CSV.
    let columns: [String]
    let startTime: Int64
    /// Where the period of changes begins; nil for an export of items.
    let fromTime: Int64?
    let time: Int64

    /// A number that no other export has: the milliseconds of the start, and a digest of what is exported where to.
    var id: String {
        let seed = Array("\(table)\n\(startTime)\n\(time)\n\(destination)".utf8)
        let milliseconds = String(max(0, startTime / 1000))
        let padding = String(repeating: "0", count: max(0, 14 - milliseconds.count))
        return padding + milliseconds + "-" + MD5.digest(seed).prefix(4).map(Self.hexadecimal).joined()
    }

    var tableArn: String { ExportDescription.tableArn(table) }

    /// What stands for the table's number, in the form of a UUID.
    var tableID: String {
        let digits = MD5.digest(Array(tableArn.utf8)).map(Self.hexadecimal).joined()
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
            String(digits.dropFirst(range.lowerBound).prefix(range.count))
        }
        return parts.joined(separator: "-")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

/// What an export was, when it is done.
package struct ExportDescription: Sendable {
    package let id: String
    package let table: String
    package let destination: String
    package let format: String
    /// Empty for an export of items.
    package let view: String
    package let startTime: Int64
    package let endTime: Int64
    package let fromTime: Int64?
    package let time: Int64
    package let itemCount: Int
    package let byteCount: Int

    package var arn: String { Self.tableArn(table) + "/export/" + id }

    package static func tableArn(_ table: String) -> String {
        "arn:aws:dynamodb:local:000000000000:table/" + table
    }

    /// What the statement shows, and `SYSTEM.EXPORTS` has a row of.
    package var row: Structure {
        var row = Structure()
        row.append("ExportArn", .string(arn))
        row.append("ExportStatus", .string("COMPLETED"))
        row.append("ExportType", .string(fromTime == nil ? "FULL_EXPORT" : "INCREMENTAL_EXPORT"))
        row.append("ExportFormat", .string(format))
        row.append("ItemCount", .int(Int64(itemCount)))
        row.append("BilledSizeBytes", .int(Int64(byteCount)))
        row.append("Destination", .string(destination))
        return row
    }
}
