import Foundation
import HindsightTestSupport
import Testing

/// The guide builds without a warning, links to symbols included.
struct GuideBuildTests {
    @Test(.enabled(if: Toolchain.find("docc") != nil, "docc is not installed beside swift"))
    func theGuideBuildsWithoutWarnings() throws {
        let directory = try TemporaryDirectory()
        let graphs = directory.file("graphs")
        try FileManager.default.createDirectory(atPath: graphs, withIntermediateDirectories: true)
        let extraction = try Toolchain.run("swift-symbolgraph-extract", symbolGraphArguments(to: graphs))
        try #require(extraction.status == 0, "\(extraction.output)")
        let catalogue = Repository.root.appendingPathComponent(Guide.folder).path
        let build = try Toolchain.run(
            "docc",
            [
                "convert", catalogue, "--fallback-display-name", "Hindsight", "--fallback-bundle-identifier",
                "hindsight",
                "--additional-symbol-graph-dir", graphs, "--output-path", directory.file("Hindsight.doccarchive"),
            ])
        let findings = build.output.components(separatedBy: "\n").filter {
            $0.contains("warning:") || $0.contains("error:")
        }
        #expect(build.status == 0 && findings.isEmpty, "\(build.output)")
    }

    /// The modules were built with the tests; building them again from inside would wait for a lock.
    private func symbolGraphArguments(to folder: String) throws -> [String] {
        let modules = try #require(Toolchain.modules, "no folder with the built modules")
        let information = try Toolchain.run("swiftc", ["-print-target-info"])
        let target = try #require(information.output.firstMatch(of: /"triple": "([^"]+)"/), "\(information.output)")
        var arguments = [
            "-module-name", "Hindsight", "-minimum-access-level", "public", "-output-dir", folder,
            "-target", String(target.1), "-I", modules,
        ]
        for moduleMap in Repository.files(under: "Sources", ending: "module.modulemap") {
            let folder = Repository.root.appendingPathComponent(moduleMap).deletingLastPathComponent()
            arguments += ["-I", folder.path]
        }
        #if os(macOS)
        arguments += ["-I", "/opt/homebrew/include", "-I", "/usr/local/include"]
        let kit = try Toolchain.run("xcrun", ["--show-sdk-path"])
        arguments += ["-sdk", kit.output.trimmingCharacters(in: .whitespacesAndNewlines)]
        #endif
        return arguments
    }
}

/// The programs that come with Swift.
private enum Toolchain {
    /// The path of a program: beside `swift`, or else found as `swift` itself is.
    static func find(_ program: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init)
        let swift = folders.map { $0 + "/swift" }.first(where: FileManager.default.isExecutableFile)
        let beside = swift.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent().path }
        return ([beside].compactMap { $0 } + folders).map { "\($0)/\(program)" }
            .first(where: FileManager.default.isExecutableFile)
    }

    /// The folder of the modules that these tests were built with: `Modules` somewhere above the test bundle, whose path
    /// is among the arguments of the process.
    static var modules: String? {
        for argument in CommandLine.arguments {
            var folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
            while folder.path != "/" {
                let modules = folder.appendingPathComponent("Modules")
                let module = modules.appendingPathComponent("Hindsight.swiftmodule").path
                if FileManager.default.fileExists(atPath: module) { return modules.path }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }

    static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(find(program), "\(program) is not installed"))
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
