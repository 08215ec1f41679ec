import HindsightKeyValue
import HindsightValues

/// When the items of a table expire: the setting `TIME_TO_LIVE` names an attribute that holds seconds since 1970.
///
/// As in DynamoDB, an item expires when that time has come. An attribute that is no number does not count, nor does a time
/// more than five years ago, which is taken for a number of another meaning.
struct TimeToLive {
    static let setting = "TIME_TO_LIVE"
    /// What the commits of expired items note as their statement.
    static let statementText = "TIME TO LIVE"
    /// 5 years of 365 days.
    static let oldestSeconds: Int64 = 5 * 365 * 86_400

    private let filter: DocumentFilter
    private let tableName: String

    /// - Parameter time: of the clock, in microseconds since 1970.
    init?(of table: TableInfo, at time: Int64) {
        guard let attribute = table.timeToLiveAttribute else { return nil }
        tableName = table.name
        let path = DocumentPath(attribute: attribute)
        let seconds = time.floorDivided(by: 1_000_000)
        filter = DocumentFilter([
            .init(path, .compare(.lessOrEqual, .int(seconds))),
            .init(path, .compare(.greater, .int(seconds - Self.oldestSeconds))),
        ])
    }

    /// Whether the item's time has come.
    func hasExpired(_ document: RawSpan) throws(StorageError) -> Bool {
        do {
            return try filter.matches(document)
        } catch {
            throw .malformedDocument(table: tableName, reason: "\(error)")
        }
    }
}

extension TableInfo {
    /// The attribute that says when an item expires; `nil` if items do not.
    package var timeToLiveAttribute: String? {
        settings.isEmpty ? nil : settings[TimeToLive.setting]
    }
}
