// How far a measurement may be off before an audit objects. A limit is a matter of judgement, so it is declared before
// the run like everything else that decides, and each default has its reason in docs/audits.md. What is no matter of
// judgement (a write shorter than the delay it drew, a throughput above the bound) has no limit.

import Monitoring

/// A figure that an audit holds against a limit.
public enum Limit: String, Sendable, Codable, CaseIterable {
    /// Events that the recorder could not keep, among all: above it *invalid*; any is *doubtful*.
    case droppedEvents = "dropped-events"
    /// Events of a stage that have no partner or two, among all of them: above it *invalid*; any is *doubtful*.
    case unmatchedEvents = "unmatched-events"
    /// By thread, starts without a span, or spans joined from two requests: above it *invalid*.
    case mispairedSpans = "mispaired-spans"
    /// The median of how much longer a write takes than the delay it drew.
    case overshootMedian = "overshoot-p50"
    /// The p99 of how much longer a write takes than the delay it drew.
    case overshootP99 = "overshoot-p99"
    /// Requests whose parts do not add up to the whole.
    case unexplainedRequests = "unexplained-requests"
    /// How far λW may lie from L: above it *doubtful*, above ten times as much *invalid*.
    case little
    /// By how much of its duration in virtual time a stage may take longer or shorter on the machine.
    case oracle
    /// Requests, responses or writes that are open when the window closes, among those that started in it.
    case openRequests = "open-requests"
    /// By how much a stage's mean may change within the window.
    case drift
    /// What recording itself costs, as a share of a stage's mean duration.
    case observer
    /// How far a calibration of the clock may lie from the line through its neighbours.
    case clockResidual = "clock-residual"
    /// CPU time that the hypervisor gave to somebody else, as a share of all CPU time.
    case steal
    /// CPU time that other processes used, as a share of all CPU time.
    case otherLoad = "other-load"
    /// The share of time in which some task waited for a CPU.
    case cpuPressure = "cpu-pressure"
    /// The share of time in which some task waited for memory.
    case memoryPressure = "memory-pressure"
    /// The share of time in which some task waited for a disk.
    case ioPressure = "io-pressure"
    /// Pages moved to or from swap while the trial measured.
    case swappedPages = "swapped-pages"
    /// How often a CPU, or the group of processes that the trial is in, was slowed down.
    case throttlings
    /// How often a second the kernel took a CPU away from the program.
    case involuntarySwitches = "involuntary-switches"

    /// Whether it is a figure of what the machine did meanwhile, which trials without a trace have too.
    public var isOfEnvironment: Bool {
        switch self {
        case .steal, .otherLoad, .cpuPressure, .memoryPressure, .ioPressure, .swappedPages, .throttlings,
            .involuntarySwitches:
            true
        case .droppedEvents, .unmatchedEvents, .mispairedSpans, .overshootMedian, .overshootP99, .unexplainedRequests,
            .little, .oracle, .openRequests, .drift, .observer, .clockResidual:
            false
        }
    }

    /// What a limit is measured in.
    public enum Dimension: Sendable, Equatable { case share, duration, count, rate }

    public var dimension: Dimension {
        switch self {
        case .overshootMedian, .overshootP99, .clockResidual: .duration
        case .swappedPages, .throttlings: .count
        case .involuntarySwitches: .rate
        case .droppedEvents, .unmatchedEvents, .mispairedSpans, .unexplainedRequests, .little, .oracle, .openRequests,
            .drift, .observer, .steal, .otherLoad, .cpuPressure, .memoryPressure, .ioPressure:
            .share
        }
    }

    /// The value where a declaration names none: a share as 0…1, a duration in nanoseconds, a count, a rate a second.
    public var standard: Double {
        switch self {
        case .droppedEvents, .unmatchedEvents, .mispairedSpans, .unexplainedRequests, .little: 0.01
        case .oracle, .openRequests, .drift, .observer: 0.05
        case .steal: EnvironmentLimits.standard.stealShare
        case .otherLoad: EnvironmentLimits.standard.otherLoadShare
        case .cpuPressure: EnvironmentLimits.standard.cpuPressureShare
        case .memoryPressure: EnvironmentLimits.standard.memoryPressureShare
        case .ioPressure: 0.1
        case .overshootMedian: 1e6
        case .overshootP99: 10e6
        case .clockResidual: 10e3
        case .swappedPages: EnvironmentLimits.standard.swappedPages
        case .throttlings: EnvironmentLimits.standard.throttlings
        case .involuntarySwitches: 1000
        }
    }

    /// Whether each trial has a figure of its own, by which trials may be left out.
    public var isOfTrial: Bool {
        switch self {
        case .droppedEvents, .overshootMedian, .overshootP99, .openRequests, .clockResidual, .steal, .otherLoad,
            .cpuPressure, .memoryPressure, .ioPressure, .swappedPages, .throttlings, .involuntarySwitches:
            true
        case .unmatchedEvents, .mispairedSpans, .unexplainedRequests, .little, .oracle, .drift, .observer: false
        }
    }
}

/// The limits of one experiment: those that its declaration names, and the defaults.
public struct Limits: Sendable, Equatable {
    private var declared: [Limit: Double]

    /// - Parameter declared: In the unit of ``Limit/standard``, from 0 up.
    public init(_ declared: [Limit: Double] = [:]) { self.declared = declared }

    /// What a figure is held against.
    public subscript(limit: Limit) -> Double { declared[limit] ?? limit.standard }
}

/// A rule, declared beforehand, by which a trial does not count: its figure lies above the value.
public struct TrialExclusion: Sendable, Equatable, Codable {
    public var figure: Limit
    /// In the unit of ``Limit/standard``.
    public var above: Double

    public init(figure: Limit, above: Double) {
        self.figure = figure
        self.above = above
    }
}
