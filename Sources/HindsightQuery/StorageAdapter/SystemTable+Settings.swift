import HindsightStorage
import HindsightValues

extension SystemTable {
    /// Every tag of every table.
    static let tags = SystemTable(name: "TAGS") { reader throws(StorageError) in
        reader.tables.flatMap { table in
            table.tags.list.map { tag in
                var row = Structure()
                row.append("TableName", .string(table.name))
                row.append("Key", .string(tag.key))
                row.append("Value", .string(tag.value))
                return row
            }
        }
    }
}

extension TableInfo {
    var tags: TableTags { TableTags(text: settings[TableTags.setting]) }

    /// The settings that are shown as they are; tags and streams have attributes of their own.
    private var plainSettings: [String: String] {
        settings.filter {
            ![TableTags.setting, Self.streamSetting, Self.streamViewSetting, Self.streamLabelSetting].contains($0.key)
        }
    }

    var settingsStructure: Structure {
        Structure(
            fields: plainSettings.sorted { $0.key < $1.key }.map {
                Structure.Field(name: $0.key, value: .string($0.value))
            })
    }
}

extension Structure {
    /// Adds what DynamoDB tells of a table's settings, each where it is set.
    mutating func describeSettings(of table: TableInfo) {
        let settings = table.settingsStructure
        if settings.count > 0 { append("Settings", .structure(settings)) }
        if let time = table.streamTime {
            var stream = Structure()
            stream.append("StreamEnabled", .bool(true))
            stream.append(
                "StreamViewType", .string(table.settings[TableInfo.streamViewSetting] ?? "NEW_AND_OLD_IMAGES"))
            append("StreamSpecification", .structure(stream))
            let label = Timestamp(clock: time)
            append("LatestStreamLabel", .timestamp(label))
            append(
                "LatestStreamArn",
                .string("arn:aws:dynamodb:local:000000000000:table/\(table.name)/stream/\(label)"))
        }
        let tags = table.tags
        if !tags.list.isEmpty { append("Tags", .structure(tags.structure)) }
    }
}
