/// The rows of the analytic work, each a pure function of its number.
struct AnalyticRow {
    let number: Int
    /// A number of a maker, many rows to one.
    let maker: Int
    /// The serial number of another row: a permutation.
    let partner: Int
    let serial: Int
    /// One of 20.
    let category: String
    /// One of 100,000.
    let bucket: Int
    let price: Int
    let title: String

    init(_ number: Int, partner: Int, serial: Int) {
        var random = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            random = (random ^ (random >> 30)) &* 0xBF58_476D_1CE4_E5B9 &+ 0x94D0_49BB_1331_11EB
            return Int((random ^ (random >> 27)) % UInt64(bound))
        }
        self.number = number
        self.partner = partner
        self.serial = serial
        maker = next(AnalyticRow.makerCount)
        category = "category \(next(20))"
        bucket = next(100_000)
        price = next(1_000_000)
        title = "\(AnalyticRow.words[next(8)]) \(AnalyticRow.words[next(8)]) number \(next(1_000_000))"
    }

    var json: String {
        """
        {"id":\(number),"maker":\(maker),"partner":\(partner),"serial":\(serial),"category":"\(category)",\
        "bucket":\(bucket),"price":\(price),"title":"\(title)"}
        """
    }

    static let makerCount = 100_000
    private static let words = ["amber", "birch", "cedar", "dusk", "ember", "frost", "grove", "heath"]

    static func makerJSON(_ number: Int) -> String {
        "{\"id\":\(number),\"code\":\(number),\"rank\":\(number % 97)}"
    }
}

/// The analytic statements; both sides understand them.
enum AnalyticWork: String, CaseIterable {
    case fewGroups = "SELECT f.category AS a, COUNT(*) AS b, SUM(f.price) AS c FROM facts AS f GROUP BY f.category"
    case manyGroups = "SELECT f.bucket AS a, COUNT(*) AS b, SUM(f.price) AS c FROM facts AS f GROUP BY f.bucket"
    case joinOfMakers = """
        SELECT 0 AS a, COUNT(*) AS b, SUM(f.price + m.rank) AS c FROM facts AS f JOIN makers AS m ON f.maker = m.code
        """
    case joinOfFacts = """
        SELECT 0 AS a, COUNT(*) AS b, SUM(f.price - g.bucket) AS c
        FROM facts AS f JOIN facts AS g ON f.partner = g.serial
        """
    case sortByInteger = "SELECT 0 AS a, f.price AS b, f.bucket AS c FROM facts AS f ORDER BY f.price, f.serial"
    case sortByString = "SELECT 0 AS a, f.price AS b, f.bucket AS c FROM facts AS f ORDER BY f.title, f.serial"

    var words: String {
        switch self {
        case .fewGroups: "hash group, 20 groups"
        case .manyGroups: "hash group, 100,000 groups"
        case .joinOfMakers: "hash join with 100,000 rows"
        case .joinOfFacts: "hash join with as many rows"
        case .sortByInteger: "sort by integer"
        case .sortByString: "sort by string"
        }
    }

    /// Whether the order of the rows is part of the answer.
    var isOrdered: Bool { self == .sortByInteger || self == .sortByString }
}
