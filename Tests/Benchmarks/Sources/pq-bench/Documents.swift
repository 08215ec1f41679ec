/// The documents of the benchmark: about 200 bytes of JSON with a nested struct and a list, each a pure function of its
/// number and its revision, so that both engines hold the same data and every answer can be compared.
struct BenchDocument {
    let id: String
    let json: String

    init(number: Int, revision: Int) {
        id = BenchDocument.key(number)
        let mixed = BenchDocument.mix(UInt64(number) &* 31 &+ UInt64(revision))
        let stock = mixed % 100
        let price = 100 + (mixed >> 8) % 9_900
        let city = BenchDocument.cities[Int((mixed >> 24) % UInt64(BenchDocument.cities.count))]
        let category = (mixed >> 32) % 20
        json = """
            {"id":"\(id)","title":"Product number \(number)","category":"c\(category)","price":\(price),\
            "stock":\(stock),"maker":{"city":"\(city)","zip":\(10_000 + (mixed >> 40) % 80_000),"rank":\(mixed % 7)},\
            "tags":["new","r\(revision)","t\((mixed >> 16) % 50)"],"active":\(mixed % 2 == 0)}
            """
    }

    static let cities = ["Oslo", "Lima", "Kyoto", "Quito", "Perth"]

    static func key(_ number: Int) -> String {
        let digits = String(number)
        return "item-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// SplitMix64's finaliser.
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The same pseudo-random order of `0..<count` in every run.
func shuffledNumbers(_ count: Int, seed: UInt64) -> [Int] {
    var state = seed
    var numbers = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        numbers.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
    return numbers
}
