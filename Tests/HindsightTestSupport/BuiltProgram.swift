import Foundation

/// A program of the package that the tests run: it stands beside the test bundle.
public struct BuiltProgram: Sendable {
    public let url: URL

    public init(_ name: String) {
        let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
        url = (bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL).appendingPathComponent(name)
    }

    public struct Result: Sendable {
        public let output: String
        public let errors: String
        public let status: Int32
    }

    /// Runs the program to its end.
    public func run(_ arguments: [String], input: String = "", directory: String? = nil) throws -> Result {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        stdin.fileHandleForWriting.write(Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        // Both are small here: neither pipe can fill up while the other is read.
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        let errors = stderr.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self),
            status: process.terminationStatus)
    }
}
