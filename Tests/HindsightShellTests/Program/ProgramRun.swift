import Foundation

/// A run of the built `pq` without a terminal.
struct ProgramRun {
    let status: Int
    let output: String
    let errors: String
    /// Whether a signal that the program did not handle ended it.
    let wasKilled: Bool

    /// - Parameters:
    ///   - input: what stands on standard input; nothing unless told.
    ///   - seconds: when to send an interrupt; nil for never.
    init(_ arguments: [String], input: String = "", interruptedAfter seconds: Double? = nil) throws {
        try self.init(inputBytes: Array(input.utf8), arguments, interruptedAfter: seconds)
    }

    /// The same with any bytes on standard input.
    init(inputBytes: [UInt8], _ arguments: [String], interruptedAfter seconds: Double? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = arguments
        let (inPipe, outPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        process.standardInput = inPipe
        process.standardOutput = outPipe
        process.standardError = errorPipe
        try process.run()
        try inPipe.fileHandleForWriting.write(contentsOf: Data(inputBytes))
        try inPipe.fileHandleForWriting.close()
        if let seconds {
            Thread.sleep(forTimeInterval: seconds)
            process.interrupt()
        }
        let outData = try outPipe.fileHandleForReading.readToEnd() ?? Data()
        let errorData = try errorPipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        wasKilled = process.terminationReason == .uncaughtSignal
        status = Int(process.terminationStatus)
        output = String(decoding: outData, as: UTF8.self)
        errors = String(decoding: errorData, as: UTF8.self)
    }
}
