import HindsightValues
import Testing

@Suite struct ValueLayoutTests {
    @Test func aValueTakesTwentyFourBytes() {
        #expect(MemoryLayout<Value>.stride == 24)
        #expect(MemoryLayout<Value?>.stride == 24)
    }

    @Test func payloadsLeaveRoomForTheCase() {
        #expect(MemoryLayout<Number>.size == 19)
        #expect(MemoryLayout<Timestamp>.size <= 19)
        #expect(MemoryLayout<TimeOfDay>.size <= 19)
        #expect(MemoryLayout<Interval>.size <= 19)
        #expect(MemoryLayout<CalendarDate>.size <= 19)
    }
}
