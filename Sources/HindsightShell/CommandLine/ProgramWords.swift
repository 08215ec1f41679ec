/// What stands behind the program's name on the command line.
package enum ProgramWords {
    /// - Throws: `UsageError` for a word that is not UTF-8, which the standard library would repair without a word.
    package static func read() throws(UsageError) -> [String] {
        var words: [String] = []
        for (index, bytes) in SystemCalls.arguments().dropFirst().enumerated() {
            if let byte = InvalidByte(in: bytes[...]) {
                throw UsageError("argument \(index + 1) is not UTF-8: \(byte)")
            }
            words.append(String(decoding: bytes, as: UTF8.self))
        }
        return words
    }
}
