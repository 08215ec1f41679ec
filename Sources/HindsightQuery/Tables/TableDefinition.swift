import HindsightValues

/// What CREATE TABLE asks for.
package struct TableDefinition: Sendable {
    package let schema: TableSchema
    /// Whether and how long the table keeps its past.
    package let recovery: RecoverySetting?
    /// Other settings, by name in upper case.
    package let settings: [(name: String, value: Value)]

    package init(schema: TableSchema, recovery: RecoverySetting? = nil, settings: [(name: String, value: Value)] = []) {
        self.schema = schema
        self.recovery = recovery
        self.settings = settings
    }
}

/// Point-in-time recovery, on or off.
package enum RecoverySetting: Sendable, Hashable {
    /// Nil keeps the days that are set, or takes 35.
    case on(retentionDays: Int?)
    case off
}
