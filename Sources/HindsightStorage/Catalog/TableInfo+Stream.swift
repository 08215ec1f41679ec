/// The stream of a table, as DynamoDB calls it: with the setting `STREAM` on, the table keeps the undo records of the last
/// `Limits.streamMicroseconds`, whether or not its past is kept for point-in-time recovery.
extension TableInfo {
    package static let streamSetting = "STREAM"
    /// When the stream was switched on, in microseconds since 1970.
    package static let streamLabelSetting = "STREAM_LABEL"
    package static let streamViewSetting = "STREAM_VIEW_TYPE"

    /// When the stream was switched on; `nil` while it is off.
    package var streamTime: Int64? {
        settings.isEmpty ? nil : settings[Self.streamLabelSetting].flatMap { Int64($0) }
    }

    /// Switches the stream as the setting says.
    ///
    /// - Parameter time: of the commit.
    mutating func labelStream(at time: Int64) {
        if settings[Self.streamSetting] != "ON" {
            settings[Self.streamLabelSetting] = nil
        } else if streamTime == nil {
            settings[Self.streamLabelSetting] = String(time)
        }
    }
}
