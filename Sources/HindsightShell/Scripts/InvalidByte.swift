/// A byte that is no UTF-8 where it stands, as messages call it: `byte 0xE9 at offset 4`. Offsets count from 0.
struct InvalidByte: Equatable, CustomStringConvertible {
    private let byte: UInt8
    let offset: Int

    init(_ byte: UInt8, at offset: Int) {
        self.byte = byte
        self.offset = offset
    }

    /// The first such byte of a text; nil if the text is UTF-8.
    init?(in text: ArraySlice<UInt8>) {
        let text = Array(text)
        do {
            _ = try UTF8Span(validating: text.span)
            return nil
        } catch {
            self.init(text[error.byteOffsets.lowerBound], at: error.byteOffsets.lowerBound)
        }
    }

    var description: String { "byte 0x\(String(byte, radix: 16, uppercase: true)) at offset \(offset)" }
}
