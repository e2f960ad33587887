import Monitoring
import Testing

/// A machine of two CPUs, a sample every 100 ms from second 10 on, whose counters grow evenly.
private func samples(
    count: Int, _ change: (inout EnvironmentSample, _ seconds: Double, _ index: Int) -> Void
) -> EnvironmentSamples {
    EnvironmentSamples(
        samples: (0..<count).map { index in
            var sample = EnvironmentSample(nanoseconds: 10_000_000_000 + Int64(index) * 100_000_000)
            sample.cpuCount = 2
            change(&sample, Double(index) / 10, index)
            return sample
        })
}

private func nanoseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e9).rounded()) }

private func isClose(_ value: Double?, _ expected: Double) -> Bool { value.map { abs($0 - expected) < 1e-9 } ?? false }

@Suite("Figures of the environment")
struct EnvironmentFiguresTests {
    @Test("shares are of all CPU time, and what nobody else claims is others' load")
    func shares() {
        // Of two seconds of CPU time a second: 1 idle, 0.1 stolen, 0.6 the program's; so 0.3 are others'.
        let samples = samples(count: 101) { sample, seconds, _ in
            sample.idleNanoseconds = 5_000_000_000_000_000_000 + nanoseconds(seconds)
            sample.stealNanoseconds = nanoseconds(seconds * 0.1)
            sample.programNanoseconds = nanoseconds(seconds * 0.6)
            // What the kernel's ticks booked is not believed.
            sample.busyNanoseconds = nanoseconds(seconds * 0.4)
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 12_000_000_000, endNanoseconds: 18_000_000_000)
        #expect(isClose(figures.stealShare, 0.05))
        #expect(isClose(figures.programShare, 0.3))
        #expect(isClose(figures.otherLoadShare, 0.15))
        #expect(figures.cpuPressureShare == nil)
        #expect(figures.throttlings == nil)
    }

    @Test("totals are interpolated at the window's ends")
    func interpolation() {
        // One swapped page a sample, so that the window from sample 2.5 to sample 4.25 has 1.75 of them.
        let samples = samples(count: 6) { sample, _, index in
            sample.swappedPageCount = Int64(index)
            sample.majorFaultCount = Int64(index * index)
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 10_250_000_000, endNanoseconds: 10_425_000_000)
        #expect(isClose(figures.swappedPages, 1.75))
        // From (4 + 9) / 2 to 16 + (25 − 16) / 4.
        #expect(isClose(figures.majorFaults, 18.25 - 6.5))
    }

    @Test("pressure is a share of the window, context switches are a rate, throttlings are counts")
    func rates() {
        let samples = samples(count: 51) { sample, seconds, _ in
            sample.cpuPressureMicroseconds = Int64(seconds * 250_000)
            sample.memoryPressureMicroseconds = 7
            sample.ioPressureMicroseconds = Int64(seconds * 1_100_000)
            sample.contextSwitchCount = Int64(seconds * 3000)
            sample.coreThrottleCount = Int64(seconds * 10)
            sample.groupThrottleCount = Int64(seconds * 20)
            sample.groupThrottledMicroseconds = Int64(seconds * 200_000)
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 11_000_000_000, endNanoseconds: 13_000_000_000)
        #expect(isClose(figures.cpuPressureShare, 0.25))
        #expect(figures.memoryPressureShare == 0)
        // The kernel booked more than there was: all of it.
        #expect(figures.ioPressureShare == 1)
        #expect(isClose(figures.contextSwitchesPerSecond, 3000))
        #expect(isClose(figures.coreThrottlings, 20))
        #expect(isClose(figures.groupThrottlings, 40))
        #expect(isClose(figures.throttlings, 60))
        #expect(isClose(figures.groupThrottledShare, 0.1))
    }

    @Test("what is counted at a moment is taken from the samples in the window alone")
    func moments() {
        let samples = samples(count: 11) { sample, _, index in
            sample.runnableCount = index == 9 ? 50 : Int64(index)
            sample.lowestFrequencyKilohertz = index == 0 ? 800_000 : 3_000_000 - Int64(index)
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 10_200_000_000, endNanoseconds: 10_450_000_000)
        #expect(isClose(figures.runnableMean, 3))
        #expect(figures.runnableMaximum == 4)
        #expect(figures.lowestFrequency == 2_999_996_000)
        let between = EnvironmentFigures(
            of: samples, startNanoseconds: 10_210_000_000, endNanoseconds: 10_290_000_000)
        #expect(between.runnableMean == nil)
        #expect(between.runnableMaximum == nil)
    }

    @Test(
        "nothing is extrapolated: a window that reaches beyond the samples, or has no length, has no shares and counts",
        arguments: [(9.9, 12.0), (11.0, 15.1), (11.0, 11.0), (12.0, 11.0), (1.0, 2.0)])
    func outside(start: Double, end: Double) {
        let samples = samples(count: 51) { sample, seconds, _ in
            sample.idleNanoseconds = nanoseconds(seconds)
            sample.stealNanoseconds = 0
            sample.programNanoseconds = 0
            sample.swappedPageCount = 0
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: nanoseconds(start), endNanoseconds: nanoseconds(end))
        #expect(figures.stealShare == nil)
        #expect(figures.otherLoadShare == nil)
        #expect(figures.swappedPages == nil)
    }

    @Test("a window that is all of the samples has figures")
    func whole() {
        let samples = samples(count: 51) { sample, seconds, _ in sample.stealNanoseconds = nanoseconds(seconds) }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 10_000_000_000, endNanoseconds: 15_000_000_000)
        #expect(isClose(figures.stealShare, 0.5))
    }

    @Test("a counter that is unknown at one end is unknown, and others' load with any of its parts")
    func unknown() {
        let samples = samples(count: 51) { sample, seconds, index in
            sample.idleNanoseconds = nanoseconds(seconds)
            sample.stealNanoseconds = index < 30 ? 0 : nil
            sample.programNanoseconds = 0
            sample.coreThrottleCount = 3
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 11_000_000_000, endNanoseconds: 14_000_000_000)
        #expect(figures.stealShare == nil)
        #expect(figures.otherLoadShare == nil)
        #expect(figures.programShare == 0)
        #expect(figures.groupThrottlings == nil)
        #expect(figures.throttlings == 0)
    }

    @Test("shares of CPU time are unknown where CPUs came or went in the window")
    func hotplug() {
        let samples = samples(count: 51) { sample, seconds, index in
            sample.cpuCount = index < 30 ? 2 : 1
            sample.stealNanoseconds = nanoseconds(seconds)
        }
        let crossing = EnvironmentFigures(
            of: samples, startNanoseconds: 11_000_000_000, endNanoseconds: 14_000_000_000)
        #expect(crossing.stealShare == nil)
        let after = EnvironmentFigures(
            of: samples, startNanoseconds: 13_500_000_000, endNanoseconds: 14_000_000_000)
        #expect(isClose(after.stealShare, 1))
    }

    @Test("a program that is booked more than was used leaves others nothing, not less than nothing")
    func disagreement() {
        let samples = samples(count: 51) { sample, seconds, _ in
            sample.idleNanoseconds = nanoseconds(seconds * 1.5)
            sample.stealNanoseconds = 0
            sample.programNanoseconds = nanoseconds(seconds * 0.51)
        }
        let figures = EnvironmentFigures(
            of: samples, startNanoseconds: 11_000_000_000, endNanoseconds: 14_000_000_000)
        #expect(figures.otherLoadShare == 0)
    }

    @Test("no samples give no figures")
    func empty() {
        let figures = EnvironmentFigures(
            of: EnvironmentSamples(samples: []), startNanoseconds: 0, endNanoseconds: 1)
        #expect(figures == EnvironmentFigures())
    }
}
