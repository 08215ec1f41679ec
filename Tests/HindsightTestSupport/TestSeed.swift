import Foundation

/// The seed of a random test: `HINDSIGHT_SEED` to replay a failure, always the same one in continuous integration, so
/// that a change is judged by what it does, and a new one for every other run, so that all runs together look further.
public enum TestSeed {
    public static var fresh: UInt64 {
        let environment = ProcessInfo.processInfo.environment
        if let given = environment["HINDSIGHT_SEED"].flatMap(UInt64.init) { return given }
        return environment["CI"] == nil ? UInt64.random(in: 0...UInt64.max) : 20_260_501
    }
}
