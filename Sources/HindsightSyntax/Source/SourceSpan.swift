/// A range of UTF-8 bytes in a source text. Lines and columns are another type, `SourceLocation`, computed when something
/// is drawn.
public struct SourceSpan: Sendable, Hashable {
    /// Offset of the first byte.
    public let start: Int32
    /// Offset behind the last byte; equal to `start` for a place between two characters.
    public let end: Int32

    @inlinable
    public init(start: Int32, end: Int32) {
        self.start = start
        self.end = end
    }

    @inlinable
    public init(_ range: Range<Int>) {
        self.init(start: Int32(clamping: range.lowerBound), end: Int32(clamping: range.upperBound))
    }

    @inlinable public var range: Range<Int> { Int(start)..<Int(max(start, end)) }

    /// The smallest span that holds both.
    @inlinable
    public func union(_ other: SourceSpan) -> SourceSpan {
        SourceSpan(start: min(start, other.start), end: max(end, other.end))
    }

    /// The same span in a text that this one starts at byte `offset` of.
    @inlinable
    public func shifted(by offset: Int) -> SourceSpan {
        SourceSpan(Int(start) + offset..<Int(end) + offset)
    }
}

/// A part of a tree node that does not count when trees are compared: where the node stands in the text.
@propertyWrapper
package struct Uncompared<Wrapped: Sendable>: Equatable, Sendable {
    package var wrappedValue: Wrapped

    package init(wrappedValue: Wrapped) {
        self.wrappedValue = wrappedValue
    }

    package static func == (left: Uncompared, right: Uncompared) -> Bool { true }
}
