import HindsightValues

/// One line of an export: an item, or what was done to one.
enum ExportRow {
    case item(Structure)
    case change(keys: Structure, before: Structure?, after: Structure?, time: Int64)

    /// The line in a format, with its line feed.
    ///
    /// - Throws: `notExpressible` for values that the format does not have.
    func line(_ format: ExchangeFormat, _ view: ExportView, columns: [String]) throws(ValueError) -> [UInt8] {
        var line: [UInt8] = []
        switch format {
        case .dynamoDBJSON:
            try append(view, Shape.dynamoDBJSON, to: &line) { (item, line) throws(ValueError) in
                try item.appendDynamoDBItem(to: &line)
            }
        case .ion:
            line += Array("$ion_1_0 ".utf8)
            try append(view, Shape.ion, to: &line) { (item, line) throws(ValueError) in
                try item.appendDynamoDBIon(to: &line)
            }
        case .json:
            if case .item(let item) = self {
                item.appendJSON(to: &line)
            } else {
                try append(view, Shape.json, to: &line) { (item, line) throws(ValueError) in
                    item.appendJSON(to: &line)
                }
            }
        case .csv, .csvText:
            if case .item(let item) = self { try CSVText.append(item, columns, to: &line) }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private func append(
        _ view: ExportView, _ shape: Shape, to line: inout [UInt8],
        _ append: (Structure, inout [UInt8]) throws(ValueError) -> Void
    ) throws(ValueError) {
        switch self {
        case .item(let item):
            line += Array(shape.item.utf8)
            try append(item, &line)
        case .change(let keys, let before, let after, let time):
            line += Array((shape.metadata.before + "\(time)" + shape.metadata.after + shape.keys).utf8)
            try append(keys, &line)
            if let after {
                line += Array(shape.newImage.utf8)
                try append(after, &line)
            }
            if let before, view == .newAndOldImages {
                line += Array(shape.oldImage.utf8)
                try append(before, &line)
            }
        }
        line.append(UInt8(ascii: "}"))
    }

    /// The words around the items.
    private struct Shape {
        let item: String
        let metadata: (before: String, after: String)
        let keys: String
        let newImage: String
        let oldImage: String

        static let dynamoDBJSON = Shape(
            item: #"{"Item":"#, metadata: (#"{"Metadata":{"WriteTimestampMicros":{"N":""#, #""}},"#),
            keys: #""Keys":"#, newImage: #","NewImage":"#, oldImage: #","OldImage":"#)
        static let ion = Shape(
            item: "{Item:", metadata: ("{Metadata:{WriteTimestampMicros:", ".},"), keys: "Keys:",
            newImage: ",NewImage:", oldImage: ",OldImage:")
        static let json = Shape(
            item: "", metadata: (#"{"Metadata":{"WriteTimestampMicros":"#, "},"), keys: #""Keys":"#,
            newImage: #","NewImage":"#, oldImage: #","OldImage":"#)
    }
}
