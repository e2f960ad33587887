import Running
import Testing

private func status(
    _ finished: Int, failed: Int = 0, phase: RunStatus.Phase = .trials, elapsed: Duration = .zero,
    left: Duration? = .zero, total: Int = 40
) -> RunStatus {
    RunStatus(
        experiment: "sleep-range", phase: phase, total: total, finished: finished, failed: failed, elapsed: elapsed,
        timeLeft: left)
}

@Suite("Progress as text")
struct ProgressPrinterTests {
    static let events: [(event: RunProgress, plain: String, terminal: String)] = [
        (
            .runStarted(status(0, left: .seconds(400))),
            "sleep-range: 40 trials, about 6 min 40 s\n", "\r\u{1B}[Ksleep-range: 40 trials, about 6 min 40 s\n"
        ),
        (
            .runStarted(status(10, failed: 2, left: .seconds(28))),
            "sleep-range: 28 of 40 trials left, about 28 s\n",
            "\r\u{1B}[Ksleep-range: 28 of 40 trials left, about 28 s\n"
        ),
        (
            .runStarted(status(0, left: nil)), "sleep-range: 40 trials\n", "\r\u{1B}[Ksleep-range: 40 trials\n"
        ),
        (
            .trialStarted(trial: "block-00-cell-003", attempt: 1, status(0, left: nil)), "",
            "\r\u{1B}[K[....................] 0/40, 0 s so far, — left, sleep-range block-00-cell-003"
        ),
        (
            .trialFinished(
                trial: "block-00-cell-003", elapsed: .seconds(10), status(1, elapsed: .seconds(12), left: nil)),
            "[1/40] block-00-cell-003 finished in 10 s\n",
            "\r\u{1B}[K[....................] 1/40, 12 s so far, — left, sleep-range block-00-cell-003"
        ),
        (
            .trialStarted(trial: "block-02-cell-003", attempt: 1, status(12, left: .seconds(270))), "",
            "\r\u{1B}[K[######..............] 12/40, 4 min 30 s left, sleep-range block-02-cell-003"
        ),
        (
            .trialRunning(trial: "block-02-cell-003", attempt: 2, status(12, failed: 1, left: .seconds(45))), "",
            "\r\u{1B}[K[######..............] 13/40, 1 failed, 45 s left, sleep-range block-02-cell-003 attempt 2"
        ),
        (
            .trialFinished(trial: "block-02-cell-003", elapsed: .milliseconds(10_300), status(13, left: .seconds(9))),
            "[13/40] block-02-cell-003 finished in 10 s, about 9.0 s left\n",
            "\r\u{1B}[K[######..............] 13/40, 9.0 s left, sleep-range block-02-cell-003"
        ),
        (
            .trialFinished(trial: "block-09-cell-003", elapsed: .milliseconds(300), status(40)),
            "[40/40] block-09-cell-003 finished in 0.3 s\n",
            "\r\u{1B}[K[####################] 40/40, 0 s left, sleep-range block-09-cell-003"
        ),
        (
            .trialFailed(
                trial: "block-02-cell-003", attempt: 1, reason: "It ended with status 3.", willRetry: true,
                status(12)),
            "[12/40] block-02-cell-003 attempt 1 failed, trying again: It ended with status 3.\n",
            "\r\u{1B}[K[12/40] block-02-cell-003 attempt 1 failed, trying again: It ended with status 3.\n"
        ),
        (
            .trialFailed(
                trial: "block-02-cell-003", attempt: 2, reason: "It ended with status 3.", willRetry: false,
                status(12, failed: 1)),
            "[13/40] block-02-cell-003 failed for good at attempt 2: It ended with status 3.\n",
            "\r\u{1B}[K[13/40] block-02-cell-003 failed for good at attempt 2: It ended with status 3.\n"
        ),
        (
            .runFinished(status(40, elapsed: .seconds(7500))),
            "sleep-range: 40 of 40 trials finished, in 2 h 5 min\n",
            "\r\u{1B}[Ksleep-range: 40 of 40 trials finished, in 2 h 5 min\n"
        ),
        (
            .runFinished(status(38, failed: 2, elapsed: .seconds(60))),
            "sleep-range: 38 of 40 trials finished, 2 failed, in 1 min\n",
            "\r\u{1B}[Ksleep-range: 38 of 40 trials finished, 2 failed, in 1 min\n"
        ),
        (
            .runInterrupted(status(12)),
            "sleep-range: stopped after 12 of 40 trials, which are kept; `assay run --resume` runs the rest\n",
            "\r\u{1B}[Ksleep-range: stopped after 12 of 40 trials, which are kept; "
                + "`assay run --resume` runs the rest\n"
        ),
        (
            .runStarted(status(0, phase: .oracles, left: nil)),
            "sleep-range: 40 oracles in virtual time\n", "\r\u{1B}[Ksleep-range: 40 oracles in virtual time\n"
        ),
        (
            .runStarted(status(0, phase: .oracles, left: nil, total: 1)),
            "sleep-range: 1 oracle in virtual time\n", "\r\u{1B}[Ksleep-range: 1 oracle in virtual time\n"
        ),
        (
            .runFinished(status(1, elapsed: .seconds(60), total: 1)),
            "sleep-range: 1 of 1 trial finished, in 1 min\n", "\r\u{1B}[Ksleep-range: 1 of 1 trial finished, in 1 min\n"
        ),
        (
            .runStarted(status(12, phase: .oracles, left: nil)),
            "sleep-range: 28 of 40 oracles in virtual time left\n",
            "\r\u{1B}[Ksleep-range: 28 of 40 oracles in virtual time left\n"
        ),
        (
            .trialStarted(trial: "block-02-cell-003", attempt: 1, status(12, phase: .oracles, left: .seconds(9))), "",
            "\r\u{1B}[K[######..............] 12/40, 9.0 s left, sleep-range oracle of block-02-cell-003"
        ),
        (
            .trialFinished(
                trial: "block-02-cell-003", elapsed: .milliseconds(300), status(13, phase: .oracles, left: .seconds(9))),
            "[13/40] oracle of block-02-cell-003 finished in 0.3 s, about 9.0 s left\n",
            "\r\u{1B}[K[######..............] 13/40, 9.0 s left, sleep-range oracle of block-02-cell-003"
        ),
        (
            .trialFailed(
                trial: "block-02-cell-003", attempt: 1, reason: "It ended with status 64.", willRetry: false,
                status(12, failed: 1, phase: .oracles)),
            "[13/40] oracle of block-02-cell-003 failed, so that this trial has none: It ended with status 64.\n",
            "\r\u{1B}[K[13/40] oracle of block-02-cell-003 failed, so that this trial has none: "
                + "It ended with status 64.\n"
        ),
        (
            .runFinished(status(39, failed: 1, phase: .oracles, elapsed: .seconds(12))),
            "sleep-range: 39 of 40 oracles finished, 1 failed, in 12 s\n",
            "\r\u{1B}[Ksleep-range: 39 of 40 oracles finished, 1 failed, in 12 s\n"
        ),
        (
            .runInterrupted(status(12, phase: .oracles)),
            "sleep-range: stopped after 12 of 40 oracles, which are kept; `assay run --resume` runs the rest\n",
            "\r\u{1B}[Ksleep-range: stopped after 12 of 40 oracles, which are kept; "
                + "`assay run --resume` runs the rest\n"
        ),
    ]

    @Test("of a comparison says that its trials are the most, and how to go on with it")
    func comparison() {
        let printer = ProgressPrinter(
            isTerminal: false, mayEndEarly: true, continuation: "`assay gate --resume x.yaml` goes on from there")
        #expect(printer.text(for: .runStarted(status(0, left: nil))) == "sleep-range: at most 40 trials\n")
        #expect(
            printer.text(for: .runFinished(status(12, elapsed: .seconds(60))))
                == "sleep-range: 12 of at most 40 trials finished, in 1 min\n")
        #expect(
            printer.text(for: .runInterrupted(status(12)))
                == "sleep-range: stopped after 12 of at most 40 trials, which are kept; `assay gate --resume x.yaml` goes on from "
                + "there\n")
    }

    @Test("is a line for each thing that happened, where there is no terminal", arguments: events.indices)
    func plain(index: Int) {
        #expect(ProgressPrinter(isTerminal: false).text(for: Self.events[index].event) == Self.events[index].plain)
    }

    @Test("is one line rewritten in place on a terminal", arguments: events.indices)
    func terminal(index: Int) {
        let printer = ProgressPrinter(isTerminal: true, columns: 120)
        #expect(printer.text(for: Self.events[index].event) == Self.events[index].terminal)
    }

    @Test("never fills the terminal's last column with a line that is to be rewritten", arguments: [1, 2, 40, 80])
    func narrow(columns: Int) {
        let event = RunProgress.trialStarted(trial: "block-02-cell-003", attempt: 1, status(12, left: .seconds(270)))
        let text = ProgressPrinter(isTerminal: true, columns: columns).text(for: event)
        #expect(text.dropFirst("\r\u{1B}[K".count).count <= columns - 1)
    }
}
