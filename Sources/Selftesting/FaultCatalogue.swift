/// All faults there are, in the order in which tables list them: in the events, the clock, the system, the load, the
/// machine and the run.
public enum FaultCatalogue {
    public static let all: [any Fault] =
        [
            LostEvents(), LostDones(), OverrunRecorder(), RepeatedEvents(), MissingStage(), ReusedIdentifiers(),
            SwappedThreads(), ShiftedClock(), UnevenClock(), CoarseClock(), WrongUnitOfTime(), WrongUnitOfDelay(),
            StandingStore(), ShortWrites(), AddedDelay(), CensoredTail(), WrongThinkTime(), MissingClients(),
            LateSending(), ExtraPermits(), HungProgram(), DriftAcrossTrials(), DriftWithinWindow(), TruncatedWarmUp(),
            NeighbourLoad(),
        ] + MachineFigure.all + [SlowRecorder(), UnclosedTrace(), DamagedTrace(), MixedProvenance(), MissingTrials()]
}
