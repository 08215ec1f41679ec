/// The aggregate functions, in SQL's form (`SUM(x)` over a group) and as COLL_ functions over a collection.
package enum AggregateKind: String, Sendable, Hashable, CaseIterable {
    case count = "COUNT"
    case sum = "SUM"
    case average = "AVG"
    case minimum = "MIN"
    case maximum = "MAX"
    case any = "ANY"
    case some = "SOME"
    case every = "EVERY"
}
