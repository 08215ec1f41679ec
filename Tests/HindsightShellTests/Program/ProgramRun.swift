import Foundation

/// A run of the built `pq` without a terminal.
struct ProgramRun {
    let status: Int
    let output: String
    let errors: String

    /// - Parameter input: what stands on standard input; nothing unless told.
    init(_ arguments: [String], input: String = "") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = arguments
        let (inPipe, outPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        process.standardInput = inPipe
        process.standardOutput = outPipe
        process.standardError = errorPipe
        try process.run()
        try inPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try inPipe.fileHandleForWriting.close()
        let outData = try outPipe.fileHandleForReading.readToEnd() ?? Data()
        let errorData = try errorPipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        status = Int(process.terminationStatus)
        output = String(decoding: outData, as: UTF8.self)
        errors = String(decoding: errorData, as: UTF8.self)
    }
}
