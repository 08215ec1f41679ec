import HindsightValues

/// Where the shell's text goes: a descriptor, written in large pieces, or memory.
package final class TextOutput {
    /// Bytes gathered before they are written.
    private static let chunkSize = 1 << 16

    private let descriptor: OutputDescriptor?
    private var buffer: [UInt8] = []
    /// Set when the descriptor did not take the bytes; all that follows is dropped.
    package private(set) var failure: SystemError?

    private init(_ descriptor: OutputDescriptor?) {
        self.descriptor = descriptor
    }

    package static func standardOutput() -> TextOutput { TextOutput(.standardOutput) }
    package static func standardError() -> TextOutput { TextOutput(.standardError) }
    /// Keeps the text for `takeText`.
    package static func memory() -> TextOutput { TextOutput(nil) }

    package func write(_ text: String) {
        buffer += text.utf8
        if buffer.count >= Self.chunkSize { flush() }
    }

    package func write(_ bytes: [UInt8]) {
        buffer += bytes
        if buffer.count >= Self.chunkSize { flush() }
    }

    package func writeJSON(_ value: Value) {
        value.appendJSON(to: &buffer)
        if buffer.count >= Self.chunkSize { flush() }
    }

    package func writeLine(_ text: String) {
        write(text)
        write("\n")
    }

    /// Hands on what has been gathered; text in memory stays.
    package func flush() {
        guard let descriptor, !buffer.isEmpty else { return }
        defer { buffer.removeAll(keepingCapacity: true) }
        guard failure == nil else { return }
        do throws(SystemError) {
            try descriptor.write(buffer, "cannot write the output")
        } catch {
            failure = error
        }
    }

    /// The text in memory since the last call.
    package func takeText() -> String {
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }
}
