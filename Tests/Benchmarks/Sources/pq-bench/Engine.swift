/// What both sides of the benchmark can do. A *mark* is a moment to which a later call can go back.
protocol Engine: AnyObject {
    typealias Mark = Int64

    var name: String { get }

    /// Inserts `documents` in one transaction.
    func insert(_ documents: [BenchDocument]) throws
    /// Replaces the documents with the same keys in one transaction, keeping what was.
    func update(_ documents: [BenchDocument]) throws
    /// The moment after all that was written so far.
    func mark() throws -> Mark
    /// The sum of `stock` over the items with these keys, each read by a statement of its own.
    func pointReads(_ keys: [String], asOf mark: Mark?) throws -> Int64
    /// The sum of `price` over all items with `stock` over 50 and `maker.city` Oslo.
    func filteredSum(asOf mark: Mark?) throws -> Int64
    /// Rows, items and the sum of the truncated averages of `price` by `category`.
    func groups() throws -> Int64
    /// The number of items that differ in some write between the two marks, each read with its old and new document.
    func changes(from: Mark, to: Mark) throws -> Int64
    /// One durable transaction for each document, from `clients` threads at once.
    func singleWrites(_ documents: [BenchDocument], clients: Int) throws
    func close() throws
}
