// What a restore does not carry over, as in DynamoDB: a restored table begins without the things listed here, and the
// answer of the restore names those that its source had.

/// Something that a table has, or a backup remembers of its table, and that a table restored from it begins without.
package struct LeftBehind: Equatable, Sendable {
    /// As WITH (…) names it.
    package let name: String
    /// What the source has: the days of a retention, the attribute of a time to live.
    package let value: String
}

extension TableInfo {
    /// The settings that stay behind; all others are carried over.
    private static let settingsLeftBehind = [
        "DELETION_PROTECTION", "TIME_TO_LIVE", "TAGS", streamSetting, streamViewSetting, streamLabelSetting,
    ]
    /// Those that say `OFF` where there is nothing to leave behind.
    private static let switches = ["DELETION_PROTECTION", streamSetting]

    /// The settings that a restored table takes over.
    var restoredSettings: [String: String] {
        settings.filter { !Self.settingsLeftBehind.contains($0.key) }
    }

    /// All that a restore of this table or backup leaves behind.
    private var everythingLeftBehind: [LeftBehind] {
        var left: [LeftBehind] = []
        if let days = recovery?.retentionDays ?? backup?.retentionDays {
            left.append(LeftBehind(name: "POINT_IN_TIME_RECOVERY", value: "\(days) days"))
        }
        for name in Self.settingsLeftBehind {
            guard let value = settings[name], name != Self.streamLabelSetting else { continue }
            if Self.switches.contains(name), value == "OFF" { continue }
            left.append(LeftBehind(name: name, value: value))
        }
        return left
    }

    /// What this source of a restore has and the restored table has not.
    ///
    /// - Parameter restored: with the settings that the restore itself has given it.
    package func leftBehind(by restored: TableInfo) -> [LeftBehind] {
        let found = restored.everythingLeftBehind.map(\.name)
        return everythingLeftBehind.filter { !found.contains($0.name) }
    }
}

extension StoreReader {
    /// The table or backup that a table was restored from; `nil` if it was made in another way, or if nothing is left of
    /// its source.
    package final func source(of restored: TableInfo) -> TableInfo? {
        restored.origin.flatMap { catalog.table($0.table) }
    }
}
