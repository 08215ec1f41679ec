import HindsightQuery
import HindsightValues

/// What was, as typed calls.
extension Database {
    /// `SELECT … FROM table VERSIONS BETWEEN from AND to`, for one item: all that it was, oldest first.
    ///
    /// ```swift
    /// for version in try db.history(of: "Music", key: "Björk", "Jóga") { print(version.begin, version.item) }
    /// ```
    ///
    /// - Parameters:
    ///   - table: the table's exact name.
    ///   - key: the values of the key attributes, partition key first; without the sort key, the items of the partition one
    ///     after the other; without any, all items.
    ///   - from: where the period begins.
    ///   - to: where it ends.
    /// - Throws: `DatabaseError`: `unknownTable`, `pointInTimeRecoveryOff`, `restoreTimeOutOfWindow`, `invalidTime` if the
    ///   period ends before it starts, `parameterMismatch` for more values than the key has attributes.
    /// - Complexity: O(versions of the item), independent of the number of items and of their versions.
    public func history(
        of table: String, key: any ValueConvertible..., from: Moment = .earliest, to: Moment = .latest
    ) throws -> [ItemVersion] {
        let names = try keyNames(of: table)
        guard key.count <= names.count else {
            throw DatabaseError(
                .parameterMismatch, "the key of table '\(table)' is \(names.joined(separator: ", "))")
        }
        var text = Statement.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        text.appendLiteral("SELECT VALUE v FROM ")
        text.appendInterpolation(identifier: table)
        text.appendLiteral(" VERSIONS BETWEEN ")
        text.appendInterpolation(moment: from)
        text.appendLiteral(" AND ")
        text.appendInterpolation(moment: to)
        text.appendLiteral(" AS v WHERE TRUE")
        for (name, value) in zip(names, key) {
            text.appendLiteral(" AND v.")
            text.appendInterpolation(identifier: name)
            text.appendLiteral(" = ")
            text.appendInterpolation(value)
        }
        return try query(Statement(stringInterpolation: text)).compactMap { ItemVersion($0.value) }
    }

    /// `SHOW TIMELINE OF table`: how much was inserted, updated and deleted, in at most 60 stretches of one round length
    /// but for the first and the last.
    ///
    /// - Throws: `DatabaseError`: `unknownTable`, `pointInTimeRecoveryOff`, `restoreTimeOutOfWindow`, `invalidTime`.
    /// - Complexity: O(changes in the period).
    public func timeline(
        of table: String, from: Moment = .earliest, to: Moment = .latest
    ) throws(DatabaseError) -> [ChangeCounts] {
        do throws(QueryError) {
            let reader = try provider.beginReading()
            defer { reader.close() }
            return try reader.timeline(of: table, from: from.inQuery, to: to.inQuery).map(ChangeCounts.init)
        } catch {
            throw DatabaseError(error)
        }
    }

    private func keyNames(of table: String) throws(DatabaseError) -> [String] {
        do throws(QueryError) {
            let reader = try provider.beginReading()
            defer { reader.close() }
            guard let found = try reader.table(named: table) else {
                throw QueryError(.unknownTable, "there is no table '\(table)'", at: nil)
            }
            return found.schema.keyAttributes.map(\.name)
        } catch {
            throw DatabaseError(error)
        }
    }
}
