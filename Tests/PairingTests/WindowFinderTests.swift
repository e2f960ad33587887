import Pairing
import Testing
import TraceModel

@Suite("Finding the measured window")
struct WindowFinderTests {
    @Test("the window lies between the markers")
    func markers() {
        let events = timeline(
            """
            0  T1  request-start      1
            3  T1  measurement-start  0
            7  T1  measurement-end    0
            9  T1  request-done       1
            """)
        #expect(
            window(of: events)
                == TraceWindow(start: 3_000_000, end: 7_000_000, hasStartMarker: true, hasEndMarker: true))
        #expect(window(of: events).lengthNanoseconds == 4_000_000)
    }

    @Test("a trace without markers counts whole, and one that was cut short counts to its last event")
    func missingMarkers() {
        let whole = timeline("1 T1 request-start 1\n4 T1 request-done 1")
        #expect(window(of: whole) == TraceWindow(start: 1_000_000, end: 4_000_000))
        let cut = timeline("0 T1 request-start 1\n1 T1 measurement-start 0\n4 T1 request-done 1")
        #expect(window(of: cut) == TraceWindow(start: 1_000_000, end: 4_000_000, hasStartMarker: true))
    }

    @Test("markers in the wrong order or repeated do not make a window that ends before it starts")
    func hostileMarkers() {
        let swapped = timeline("2 T1 measurement-end 0\n5 T1 measurement-start 0\n6 T1 request-start 1")
        #expect(window(of: swapped) == TraceWindow(start: 2_000_000, end: 2_000_000, hasEndMarker: true))
        let repeated = timeline("1 T1 measurement-start 0\n2 T1 measurement-start 0\n3 T1 measurement-end 0")
        #expect(
            window(of: repeated)
                == TraceWindow(start: 1_000_000, end: 3_000_000, hasStartMarker: true, hasEndMarker: true))
        let stamped = timeline("5 T1 measurement-start 0\n2 T1 measurement-end 0")
        #expect(window(of: stamped) == TraceWindow(start: 5_000_000, end: 5_000_000, hasStartMarker: true))
    }

    @Test("a trace without events has no window")
    func empty() { #expect(WindowFinder().finish() == nil) }
}
