extension StoreTransaction {
    /// Whether this transaction has changed the definition of a table, so that its catalog is not yet that of others.
    package var hasChangedCatalog: Bool { catalog.counters != tip.catalog.counters }
}
