import HindsightQuery
import HindsightValues

/// How far an export or import has come.
public struct FileProgress: Sendable, Hashable {
    /// Items written or read so far.
    public let items: Int
    /// Bytes of the data so far.
    public let bytes: Int
    /// How many bytes there are in all; nil if that is not known beforehand.
    public let totalBytes: Int?

    init(_ progress: ExchangeProgress) {
        items = progress.items
        bytes = progress.bytes
        totalBytes = progress.totalBytes
    }
}

/// How items stand in files.
public enum ItemFormat: String, Sendable, CaseIterable {
    /// DynamoDB's JSON in the folders and with the manifests of its exports.
    case dynamoDBJSON = "DYNAMODB_JSON"
    /// Ion text, likewise.
    case ion = "ION"
    /// A line of JSON an item.
    case json = "JSON"
    /// Comma-separated text with a line of names; cells without quotes are numbers if they look like them.
    case csv = "CSV"
    /// The same, all cells being text.
    case csvText = "CSV_TEXT"
}

/// Which states of an item an export of changes shows.
public enum ExportedImages: String, Sendable, CaseIterable {
    case newAndOld = "NEW_AND_OLD_IMAGES"
    case new = "NEW_IMAGE"
}

/// Tables as files, and files as tables.
extension Database {
    /// `EXPORT TABLE table AS OF moment TO path FORMAT format`: the items of one moment as files. Nothing waits meanwhile,
    /// and under `path` stands a whole export or nothing.
    ///
    /// - Parameters:
    ///   - table: the table's exact name.
    ///   - moment: any moment that can be restored; the present of tables without a past, too.
    ///   - path: a folder that is not there yet; for CSV and JSON also a file with such an ending.
    ///   - format: nil to go by the ending, DynamoDB's JSON for folders.
    ///   - progress: told now and then how far it has come.
    /// - Throws: `DatabaseError`: `unknownTable`, `pointInTimeRecoveryOff`, `exportTimeOutOfWindow`, `invalidArgument` if
    ///   something stands there, `valueNotStorable` for items that the format cannot hold, `diskFull`.
    /// - Returns: how many items were written.
    @discardableResult
    public func export(
        _ table: String, at moment: Moment = .now, to path: String, format: ItemFormat? = nil,
        progress: (@Sendable (FileProgress) -> Void)? = nil
    ) throws(DatabaseError) -> Outcome {
        let form = format.map { " FORMAT \($0.rawValue)" } ?? ""
        var text = Statement.StringInterpolation(literalCapacity: 40, interpolationCount: 3)
        text.appendLiteral("EXPORT TABLE ")
        text.appendInterpolation(identifier: table)
        if moment != .now {
            text.appendLiteral(" AS OF ")
            text.appendInterpolation(moment: moment)
        }
        text.appendLiteral(" TO ")
        text.appendInterpolation(path)
        text.appendLiteral(form)
        return try run(Statement(stringInterpolation: text), progress)
    }

    /// `EXPORT TABLE table CHANGES BETWEEN from AND to TO path`: what was written in a period, a line an item: a time that
    /// starts it is in it, one that ends it is not.
    ///
    /// - Complexity: O(changes in the period), independent of the number of items.
    @discardableResult
    public func exportChanges(
        of table: String, from: Moment, to: Moment = .latest, path: String, format: ItemFormat = .dynamoDBJSON,
        images: ExportedImages = .newAndOld, progress: (@Sendable (FileProgress) -> Void)? = nil
    ) throws(DatabaseError) -> Outcome {
        var text = Statement.StringInterpolation(literalCapacity: 60, interpolationCount: 4)
        text.appendLiteral("EXPORT TABLE ")
        text.appendInterpolation(identifier: table)
        text.appendLiteral(" CHANGES BETWEEN ")
        text.appendInterpolation(moment: from)
        text.appendLiteral(" AND ")
        text.appendInterpolation(moment: to)
        text.appendLiteral(" TO ")
        text.appendInterpolation(path)
        text.appendLiteral(" FORMAT \(format.rawValue) VIEW \(images.rawValue)")
        return try run(Statement(stringInterpolation: text), progress)
    }

    /// `IMPORT INTO table FROM path`: puts every item of a file, of the files of a folder, or of an export, as one
    /// transaction. An export of changes is carried out: what it deleted is deleted.
    ///
    /// - Parameters:
    ///   - path: a file, a folder of files, or a folder with an export.
    ///   - table: the table's exact name.
    ///   - format: nil to go by what the file begins with.
    ///   - progress: told now and then how far it has come.
    /// - Throws: `DatabaseError`: `fileNotFound`, `corrupt` if a checksum does not fit, `invalidText` with the files, lines
    ///   and reasons of what cannot be imported. Nothing is changed then.
    @discardableResult
    public func `import`(
        _ path: String, into table: String, format: ItemFormat? = nil,
        progress: (@Sendable (FileProgress) -> Void)? = nil
    ) throws(DatabaseError) -> Outcome {
        var text = Statement.StringInterpolation(literalCapacity: 40, interpolationCount: 2)
        text.appendLiteral("IMPORT INTO ")
        text.appendInterpolation(identifier: table)
        text.appendLiteral(" FROM ")
        text.appendInterpolation(path)
        text.appendLiteral(format.map { " FORMAT \($0.rawValue)" } ?? "")
        return try run(Statement(stringInterpolation: text), progress)
    }

    private func run(
        _ statement: Statement, _ progress: (@Sendable (FileProgress) -> Void)?
    ) throws(DatabaseError) -> Outcome {
        try sessions.withSession { session throws(DatabaseError) in
            try session.execute(statement, progress: progress).outcome()
        }
    }
}
