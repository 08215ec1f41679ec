import Hindsight

/// A text that statements come from, and what errors call it.
package struct ScriptSource: Sendable {
    /// The file's name, or what stands for it; nil at the prompt.
    package let name: String?
    package let text: String

    package init(name: String?, text: String) {
        self.name = name
        self.text = text
    }

    /// The text of a file.
    /// - Throws: `.shell` if it cannot be read or is not UTF-8.
    package static func file(_ path: String) throws(ShellError) -> ScriptSource {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileSystem.contents(of: path)
        } catch {
            throw .file(error)
        }
        return try ScriptSource(name: path, bytes: bytes)
    }

    /// - Throws: `.shell` for bytes that are no UTF-8.
    package init(name: String, bytes: [UInt8]) throws(ShellError) {
        do {
            let text = try UTF8Span(validating: bytes.span)
            self.init(name: name, text: String(copying: text))
        } catch {
            let offset = error.byteOffsets.lowerBound
            let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
            let byte = InvalidByte(bytes[offset], at: offset)
            throw .shell(Diagnostic(.invalidUTF8, "'\(name)' is not UTF-8: \(byte), in line \(line)"))
        }
    }
}
