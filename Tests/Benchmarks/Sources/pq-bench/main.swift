import Foundation

guard let configuration = Configuration(arguments: Array(CommandLine.arguments.dropFirst())) else {
    print(Configuration.usage)
    exit(2)
}
let root = FileManager.default.temporaryDirectory.appendingPathComponent("pq-bench-\(UUID().uuidString)").path
try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: root) }

let arena = Arena(
    configuration: configuration, root: root, hindsight: HindsightEngine.init(directory:keepsHistory:),
    sqlite: SQLiteEngine.init(directory:keepsHistory:))
var report = Report(configuration: configuration)
if configuration.includes("write") { try arena.writes(into: &report) }
if configuration.includes("read") { try arena.reads(into: &report) }
if configuration.includes("analytic") { try arena.analytics(into: &report) }
if configuration.includes("durable") { try arena.durable(into: &report) }
if configuration.includes("start") { try arena.start(into: &report) }
if configuration.includes("syntax") { try arena.syntax(into: &report) }
// A check more than a benchmark: only when it is named.
if configuration.only.contains("hard") { try arena.hardInputs(into: &report) }
print(try report.json())
if !configuration.jsonOnly { print(report.table()) }
