#!/usr/bin/env python3
"""What the gate does on a real program, in wall time: prints the section of docs/calibration.md as Markdown.

    scripts/calibration-wall.py [--programs FOLDER] [--sessions 50] [--rounds 5] [--pairs 500]

1. A/A sessions, both sides the same command: how often each verdict comes.
2. The time to the right verdict where the truth is +5 % and 0 %, in turn with pyperf on the same two commands.
3. What a trial costs beyond its process: the rows of `assay-benchmark burst`, whose line on the machine stands above all.

The command is sha512sum: every byte of its file is the same work, so 21 blocks are 5 % more than 20 but for the start. What
that is of CPU time is measured here without the harness. It runs for some milliseconds: a virtual machine changes its speed
by a quarter and more for tenths of a second, and the shorter the runs, the fewer pairs have such a change between their two.
Exit status: 0, or 1 where a claim is missed; anything else is no calibration.
"""

import argparse
import json
import math
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = "sha512sum"
BLOCK_BYTES, BLOCKS = 32 << 10, {"normal": 20, "slower": 21}
BAND = 1  # per cent
# Those within which a verdict is timed. How narrow a band a machine decides in so much time is a matter of its noise.
BANDS = [1, 2]
LEAST_SESSIONS = 50
# Twice the time that pyperf's defaults took when the claim was made.
LIMIT_SECONDS = 2 * 13.5
TRUTH_PAIRS = 200
VERDICTS = {0: "pass", 3: "fail", 4: "inconclusive"}
DECLARATION = """\
question: Does {program} take longer?
program:
  command: [{program}, "{{directory}}/{{file}}"]
  metrics: process
fixed: {{ file: normal }}
trials: 1
gate:
  metrics: {{ wall-time: {band}% }}
"""


class Failed(Exception):
    """Why there is no calibration."""


def say(text):
    print(f"calibration-wall: {text}", file=sys.stderr, flush=True)


def output(arguments, accepted=(0,), **options):
    """The exit status and standard output of a program that has to end with one of the accepted statuses."""
    words = [str(argument) for argument in arguments]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=1200, **options)
    if ended.returncode not in accepted:
        said = ended.stdout[-500:] + ended.stderr[-500:]
        raise Failed(f"`{' '.join(words)}` ended with status {ended.returncode}: {said}")
    return ended.returncode, ended.stdout


# Figures and how they are written.


def proportion(count, total):
    """A share with its exact 95 % interval (Clopper & Pearson 1934)."""

    def tail(share, counts):
        return math.fsum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in counts)

    def root(counts, rises):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (tail(middle, counts) < 0.025) == rises else (low, middle)
        return low

    lower = root(range(count, total + 1), True) if count > 0 else 0
    upper = root(range(count + 1), False) if count < total else 1
    return f"{100 * count / total:.1f} % [{100 * lower:.1f}, {100 * upper:.1f}]"


def spread(values, decimals=1):
    """Median and range."""
    if not values:
        return "—"
    return f"{statistics.median(values):.{decimals}f} ({min(values):.{decimals}f}–{max(values):.{decimals}f})"


def claim(text, is_met):
    return f"- {text}: **{'met' if is_met else 'missed'}**"


# The commands and their truth.


def write_inputs(folder):
    block = random.Random(1).randbytes(BLOCK_BYTES)
    (folder / "nothing").write_bytes(b"")
    for name, count in BLOCKS.items():
        (folder / name).write_bytes(block * count)
    for band in BANDS:
        (folder / f"{PROGRAM}-{band}.yaml").write_text(DECLARATION.format(program=PROGRAM, band=band))


def cpu_milliseconds(program, path):
    words = [program, str(path)]
    discard = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    process = os.posix_spawn(program, words, os.environ, file_actions=[discard])
    _, status, usage = os.wait4(process, 0)
    if status != 0:
        raise Failed(f"{' '.join(words)} ended with wait status {status}")
    return (usage.ru_utime + usage.ru_stime) * 1e3


def truth(program, folder):
    """What one block more is, told without the harness: from the start's share of the work, and in CPU time."""
    names = [*BLOCKS, "nothing"]
    taken = {name: [] for name in names}
    stream = random.Random(1)
    for _ in range(TRUTH_PAIRS):
        for name in stream.sample(names, len(names)):
            taken[name].append(cpu_milliseconds(program, folder / name))
    ratios = [math.log(after / before) for before, after in zip(taken["normal"], taken["slower"])]
    mean, error = statistics.mean(ratios), statistics.stdev(ratios) / math.sqrt(len(ratios))
    mean, lower, upper = (100 * math.expm1(value) for value in (mean, mean - 1.97 * error, mean + 1.97 * error))
    normal, start = (statistics.median(taken[name]) for name in ("normal", "nothing"))
    more = BLOCKS["slower"] / BLOCKS["normal"] - 1
    return (
        f"The command is `{PROGRAM}` on {BLOCKS['normal']} blocks of {BLOCK_BYTES >> 10} KiB, and on "
        f"{BLOCKS['slower']} where it is to be slower. Its CPU time is {normal:.1f} ms, of which starting takes "
        f"{start:.1f}; so {100 * more:.0f} % more blocks are {100 * more * (1 - start / normal):.1f} % more time. "
        f"In {TRUTH_PAIRS} pairs outside the harness the CPU time rose by {mean:.1f} % [{lower:.1f}, {upper:.1f}]. "
        f"Gated is `wall-time`, with a band of {BAND} % where none is named; each session has a seed of its own and a null control.")


# The two tools.


class Assay:
    def __init__(self, programs, folder):
        self.program, self.folder = programs / "assay", folder
        # A session of CI is not to be annotated by these.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}

    def gate(self, candidate, seed, band, pairs=None):
        """One session: its verdict, the seconds from the command's start to its end, and comparison.json."""
        options = [] if pairs is None else ["--pairs", pairs]
        begun = time.monotonic()
        status, _ = output(
            [self.program, "gate", "--results", "results", "--seed", seed, "--baseline", "file=normal",
             "--candidate", f"file={candidate}", *options, f"{PROGRAM}-{band}.yaml"],
            VERDICTS, cwd=self.folder, env=self.environment)
        seconds = time.monotonic() - begun
        comparison = json.loads((self.folder / f"results/{PROGRAM}-{band}-comparison/comparison.json").read_text())
        if comparison["verdict"] != VERDICTS[status]:
            raise Failed(f"seed {seed}: exit status {status} and comparison.json, '{comparison['verdict']}', disagree")
        shutil.rmtree(self.folder / "results")
        return VERDICTS[status], seconds, comparison


class Pyperf:
    def __init__(self, python, program, folder):
        self.start, self.program, self.folder = [python, "-m", "pyperf"], program, folder
        _, self.version = output([python, "-c", "import pyperf; print(pyperf.__version__)"])

    def compare(self, candidate):
        """One comparison as documented, one command after the other: what it says by its defaults and with bands like the
        gate's, and the seconds until it has said all that."""
        files = [self.folder / "before.json", self.folder / "after.json"]
        begun = time.monotonic()
        for file, name in zip(files, ["normal", candidate]):
            file.unlink(missing_ok=True)
            output([*self.start, "command", "--quiet", "-o", file, self.program, self.folder / name])
        says = {None: self.says(files), **{band: self.says(files, "--min-speed", band) for band in BANDS}}
        return says, time.monotonic() - begun

    def says(self, files, *options):
        _, text = output([*self.start, "compare_to", *options, *files])
        if "not significant" in text.lower():
            return "same"
        for word in ("slower", "faster"):
            if f"x {word}" in text:
                return word
        raise Failed(f"pyperf's answer is not understood: {text}")


# The three parts. Each returns its Markdown and its claims.


def null_sessions(assay, count):
    found = []
    for seed in range(1, count + 1):
        found.append(assay.gate("normal", seed, BAND))
        say(f"A/A session {seed} of {count}: {found[-1][0]} in {found[-1][1]:.1f} s")
    tally = {verdict: sum(each[0] == verdict for each in found) for verdict in ("fail", "pass", "inconclusive")}
    comparisons = [each[2] for each in found]
    alarms = sum(any(control["hasAlarmed"] for control in each["nullControl"]) for each in comparisons)
    controls = [control for each in comparisons for control in each["nullControl"]]
    floors = [100 * (control["noiseFloor"] - 1) for control in controls if "noiseFloor" in control]
    invalid = sum(any("measurement is invalid" in reason for reason in each["reasons"]) for each in comparisons)
    text = [
        "| no change | sessions | *fail* | *pass* | *inconclusive* | pairs | seconds a session |",
        "|---|--:|--:|--:|--:|--:|--:|",
        f"| the design's looks, with a null control | {count} | "
        + " | ".join(proportion(n, count) for n in tally.values())
        + f" | {spread([each['pairCount'] for each in comparisons], 0)} | {spread([each[1] for each in found])} |",
        "",
        f"The null control alarmed in {proportion(alarms, count)} of the sessions; their noise floor was {spread(floors)} %. "
        f"An audit called {invalid} of them invalid.",
    ]
    return text, [claim(
        f"no change, at least {LEAST_SESSIONS} sessions on a real program: no *fail*",
        tally["fail"] == 0 and count >= LEAST_SESSIONS)]


def times_to_verdict(assay, pyperf, rounds, pairs):
    # The truth: the candidate, what Assay has to say, and what pyperf has to.
    truths = {"5 % more blocks": ("slower", "fail", "slower"), "no change": ("normal", "pass", "same")}
    ours, theirs = {(name, band): [] for name in truths for band in BANDS}, {name: [] for name in truths}
    for turn in range(rounds):
        for name, (candidate, _, _) in truths.items():
            # In turn, and each as often first, so that no tool has the machine's better hours.
            for tool in ["assay", "pyperf"][:: 1 if turn % 2 == 0 else -1]:
                if tool == "assay":
                    for band in BANDS:
                        session = assay.gate(candidate, 1001 + turn, band, pairs)
                        ours[name, band].append(session)
                        say(f"{name}, {band} %, {turn + 1} of {rounds}: {session[0]} in {session[1]:.1f} s")
                elif pyperf:
                    says, seconds = pyperf.compare(candidate)
                    theirs[name].append((says, seconds))
                    say(f"{name}, {turn + 1} of {rounds}: pyperf '{says[None]}' in {seconds:.1f} s")
    text = [
        "| truth | band | right verdict | Assay right | seconds | pairs | pyperf right | with `--min-speed` as the band | seconds "
        "| Assay's time over pyperf's |",
        "|---|--:|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    claims = []
    for (name, band), sessions in ours.items():
        _, verdict, word = truths[name]
        # A session without the right verdict never came to it: it counts as endless in the median, which the claim is of.
        until = statistics.median(seconds if said == verdict else math.inf for said, seconds, _ in sessions)
        seconds, others = [each[1] for each in sessions], [each[1] for each in theirs[name]]
        ratio = f"{statistics.median(seconds) / statistics.median(others):.2f}" if others else "—"
        right = [sum(says[option] == word for says, _ in theirs[name]) for option in (None, band)]
        cells = [
            name, f"{band} %", f"*{verdict}*", f"{sum(each[0] == verdict for each in sessions)} of {rounds}", spread(seconds),
            spread([each[2]["pairCount"] for each in sessions], 0),
            *(f"{count} of {rounds}" if others else "—" for count in right), spread(others), ratio]
        text.append(f"| {' | '.join(cells)} |")
        claims.append(claim(
            f"{name}, band of {band} %: *{verdict}* within {LIMIT_SECONDS:.0f} s, by the median session", until < LIMIT_SECONDS))
    text += [
        "",
        f"Medians (ranges) of {rounds} rounds in which the tools took turns, from the start of the first command to the "
        f"verdict. A session of Assay's has at most {pairs} pairs before those that confirm; one without the right verdict "
        "counts in the claims as one without end. "
        + (f"pyperf {pyperf.version.strip()} by its defaults: `pyperf command` for the one, then for the other, and "
           "`pyperf compare_to`, which is right where it says \"slower\" and \"not significant\"."
           if pyperf else "**pyperf was not to be had, and nothing stands beside.**"),
    ]
    return text, claims


def trial_overhead(table):
    bounded = [row for row in table if row.startswith("| a trial of a process that does nothing")]
    if len(bounded) != 1:
        raise Failed("`assay-benchmark burst` prints no row of a trial that does nothing")
    if any("hyperfine -N | —" in row for row in table):
        table = [*table, "", "**hyperfine was not to be had, and nothing stands beside the whole.**"]
    return table, [claim(
        "a trial beyond starting the bare process: at most 0.2 ms by the median", bounded[0].endswith("| met |"))]


def burst(programs):
    """The line on the machine, whether it was busy, and the table, as lines."""
    _, text = output([programs / "assay-benchmark", "burst"])
    table, _, summary = text.partition("## Performance\n")
    machine, _, _ = summary.strip().partition("\n\n|")
    if not machine or machine.startswith("|"):
        raise Failed("`assay-benchmark burst` says nothing of the machine")
    return machine, table.strip().splitlines()[2:]


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Calibrates the gate on a real program, in wall time.")
    parser.add_argument(
        "--programs", type=pathlib.Path, default=root / ".build/release", help="the folder of the built programs")
    parser.add_argument("--sessions", type=int, default=LEAST_SESSIONS, help="A/A sessions")
    parser.add_argument("--rounds", type=int, default=5, help="comparisons of each truth by each tool")
    parser.add_argument("--pairs", type=int, default=500, help="the most pairs of a session of which the time is taken")
    options = parser.parse_args()
    if options.sessions < 1 or options.rounds < 1:
        parser.error("--sessions and --rounds are 1 or more")
    programs = options.programs.resolve()
    program = shutil.which(PROGRAM)
    if program is None:
        raise Failed(f"{PROGRAM} is not on the PATH; install it")
    python = root / ".build-python/bin/python3"
    with tempfile.TemporaryDirectory(prefix="assay-calibration-") as name:
        folder = pathlib.Path(name)
        write_inputs(folder)
        pyperf = None
        if python.exists() and subprocess.run([python, "-c", "import pyperf"], capture_output=True).returncode == 0:
            pyperf = Pyperf(python, program, folder)
        else:
            say("SKIPPED: pyperf is not in .build-python; run `scripts/setup calibrate`")
        assay = Assay(programs, folder)
        machine, table = burst(programs)
        parts = [
            ([machine, "", truth(program, folder)], []),
            null_sessions(assay, options.sessions),
            times_to_verdict(assay, pyperf, options.rounds, options.pairs),
            trial_overhead(table),
        ]
    claims = [line for _, lines in parts for line in lines]
    print("\n\n".join("\n".join(text) for text, _ in parts) + "\n\n" + "\n".join(claims))
    return 1 if any("**missed**" in line for line in claims) else 0


try:
    sys.exit(main())
except (Failed, OSError, subprocess.TimeoutExpired) as reason:
    say(reason)
    sys.exit(70)
except Exception:
    # Python's own status for this is 1, which here says that a claim is missed.
    traceback.print_exc()
    sys.exit(70)
