/// Numbers written in Swift source.
extension Number: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    public init(integerLiteral value: Int64) {
        self.init(value)
    }

    /// `let price: Number = "19.95"`. There is no float literal: 3.133 would go through a binary float and come out as
    /// something else.
    ///
    /// - Precondition: the text is a number that `parse` takes.
    public init(stringLiteral value: String) {
        guard let number = Number(value) else { preconditionFailure("not a number: \(value)") }
        self = number
    }
}
