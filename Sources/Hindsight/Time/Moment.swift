import HindsightQuery

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A moment in a table's past, as `AS OF` and `AT` name it.
public enum Moment: Sendable, Hashable {
    /// The present, whether or not the table keeps its past.
    case now
    /// The newest moment that the table can be recovered to.
    case latest
    /// The oldest moment that the table can be recovered to.
    case earliest
    /// The state after the last commit at or before this time.
    case time(Date)
    /// The same, in microseconds since 1970-01-01T00:00Z.
    case microseconds(Int64)
    /// The state after the commit of this number.
    case version(UInt64)
    /// The moment that `CREATE RESTORE POINT` gave a name.
    case restorePoint(String)

    /// The moment of a commit that a write returned.
    public static func commit(_ commit: Commit) -> Moment {
        .version(commit.version)
    }

    var inQuery: HindsightQuery.Moment {
        switch self {
        case .now: .now
        case .latest: .latest
        case .earliest: .earliest
        case .time(let date): .time(microseconds: date.microsecondsSince1970)
        case .microseconds(let microseconds): .time(microseconds: microseconds)
        case .version(let version): .version(version)
        case .restorePoint(let name): .restorePoint(name)
        }
    }
}
