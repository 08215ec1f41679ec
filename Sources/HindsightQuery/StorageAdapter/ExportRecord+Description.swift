import HindsightStorage
import HindsightValues

extension ExportRecord {
    init(_ export: ExportDescription) {
        self.init(
            id: export.id, table: export.table, destination: export.destination, format: export.format,
            view: export.view, startTime: export.startTime, endTime: export.endTime, fromTime: export.fromTime,
            time: export.time, itemCount: UInt64(export.itemCount), byteCount: UInt64(export.byteCount))
    }

    private var description: ExportDescription {
        ExportDescription(
            id: id, table: table, destination: destination, format: format, view: view, startTime: startTime,
            endTime: endTime, fromTime: fromTime, time: time, itemCount: Int(clamping: itemCount),
            byteCount: Int(clamping: byteCount))
    }

    /// A row of `SYSTEM.EXPORTS`.
    var row: Structure {
        var row = Structure()
        row.append("TableName", .string(table))
        for field in description.row.fields { row.append(field.name, field.value) }
        if !view.isEmpty { row.append("ExportViewType", .string(view)) }
        row.append("StartTime", .timestamp(Timestamp(clock: startTime)))
        row.append("EndTime", .timestamp(Timestamp(clock: endTime)))
        if let fromTime {
            row.append("ExportFromTime", .timestamp(Timestamp(clock: fromTime)))
            row.append("ExportToTime", .timestamp(Timestamp(clock: time)))
        } else {
            row.append("ExportTime", .timestamp(Timestamp(clock: time)))
        }
        return row
    }
}
