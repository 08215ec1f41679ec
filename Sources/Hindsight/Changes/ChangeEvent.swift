import HindsightStorage
import HindsightValues

/// One change of one item, as it was committed: what DynamoDB calls a stream record.
public struct ChangeEvent: Sendable {
    /// What was done to the item.
    public enum Operation: String, Sendable, Hashable, Codable {
        case insert = "INSERT"
        case modify = "MODIFY"
        case remove = "REMOVE"
    }

    /// The name that the table has when the change is read.
    public let table: String
    public let operation: Operation
    /// The key attributes of the item.
    public let key: Structure
    /// The item before the change; nil if there was none, or if the view does not show it.
    public let oldImage: Structure?
    /// The item after the change; nil if there is none, or if the view does not show it.
    public let newImage: Structure?
    /// The commit that made the change: its version and its time.
    public let commit: Commit
    /// Grows over the changes of one commit to one table, in the order in which the items were written to; there may be gaps.
    public let sequence: Int
    /// To go on behind this change: `changes(of:after:)`.
    public let position: ChangePosition

    /// The item before the change as a `Decodable` type; nil if it is not there.
    ///
    /// - Throws: `DecodingError`.
    public func oldItem<T: Decodable>(as type: T.Type) throws -> T? {
        try oldImage.map { try ValueDecoder().decode(type, from: .structure($0)) }
    }

    /// The item after the change as a `Decodable` type; nil if it is not there.
    ///
    /// - Throws: `DecodingError`.
    public func newItem<T: Decodable>(as type: T.Type) throws -> T? {
        try newImage.map { try ValueDecoder().decode(type, from: .structure($0)) }
    }
}

/// What changes show of their items beside the keys: DynamoDB's `StreamViewType`, which is also the setting
/// `STREAM_VIEW_TYPE` of a table.
public enum ChangeView: String, Sendable, Hashable, Codable, CaseIterable {
    case keysOnly = "KEYS_ONLY"
    case newImage = "NEW_IMAGE"
    case oldImage = "OLD_IMAGE"
    case newAndOldImages = "NEW_AND_OLD_IMAGES"

    var showsOld: Bool { self == .oldImage || self == .newAndOldImages }
    var showsNew: Bool { self == .newImage || self == .newAndOldImages }
}

/// A place in the log of changes: behind a change that was read. Keep it, in a file or in the transaction that uses the
/// change, and a subscription goes on there after a restart.
public struct ChangePosition: Sendable, Hashable, Codable {
    /// The commit of the change.
    public let version: UInt64
    private let table: UInt32
    private let sequence: UInt32

    init(_ position: FeedPosition) {
        version = position.version
        table = position.table
        sequence = position.sequence
    }

    var inStorage: FeedPosition { FeedPosition(version: version, table: table, sequence: sequence) }
}
