import HindsightTestSupport
import Testing

@testable import HindsightStorage

struct StoreTests {
    @Test func whatIsWrittenIsRead() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.put(1, "one")
        try test.store.put(2, "two")
        let v = try test.store.put(1, "uno")
        try test.store.delete(2)
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items() == [Item(1, "uno")])
        #expect(try snapshot.text(1) == "uno")
        #expect(try snapshot.text(2) == nil)
        #expect(try snapshot.items(at: .version(v)) == [Item(1, "uno"), Item(2, "two")])
        #expect(try snapshot.items(at: .version(v - 1)) == [Item(1, "one"), Item(2, "two")])
        #expect(try snapshot.text(2, at: .version(v)) == "two")
        #expect(try snapshot.text(1, at: .version(v - 1)) == "one")
    }
}
