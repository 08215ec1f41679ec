import HindsightKeyValue

/// How a store is opened.
package struct StoreOptions: Sendable {
    /// Microseconds since 1970. The only clock of the layer: tests, scripts and recovery drills set and advance it.
    package var clock: @Sendable () -> Int64 = { WallClock.microseconds }
    package var durability = EnvironmentOptions.Durability.full
    package var isReadOnly = false
    /// Sees every call of the key-value layer; for tests.
    package var interceptor: (any CallInterceptor)?
    /// Whether a small step of collection follows a commit when some is due.
    package var collectsAutomatically = true
    /// How long one step of a collection holds the writer at most, without its commit.
    package var collectionMilliseconds = Limits.collectionMilliseconds

    package init() {}

    var environment: EnvironmentOptions {
        var options = EnvironmentOptions()
        options.durability = durability
        options.isReadOnly = isReadOnly
        options.interceptor = interceptor
        return options
    }
}
