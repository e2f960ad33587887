"""The peer of `assay audit`: the same pairings of the same events by Polars or DuckDB, on one thread.

    audit-peer.py convert TRACE FILE.parquet     the events, decoded and in the order of time, as Parquet
    audit-peer.py polars|duckdb FILE.parquet     pairs them, and prints what it took and found as JSON on one line

The peer is spared what it is not made for: the check of every byte, the merge of the streams and the conversion of ticks are
done by `convert` and not timed, nor is loading the library. It pairs by request, where each identifier is used once in such
a trace, and by thread, as the audit does; of each stage it gives count, mean, p50 and p99. It makes no histogram and applies
no audit.
"""

import json
import os
import resource
import sys
import time

START, BLOCK, NONBLOCK, PERSIST, ASYNC, WRITTEN, DONE = 1, 3, 2, 4, 5, 6, 7
OPENED, CLOSED = 16, 17
PARTS = {
    "start": [START], "asked": [BLOCK, NONBLOCK], "persist": [PERSIST], "async": [ASYNC], "written": [WRITTEN],
    "done": [DONE],
}
BY_REQUEST = {
    "request": ("start", "done"), "outbound-network": ("start", "asked"), "queue-wait": ("asked", "persist"),
    "persist": ("persist", "written"), "persist-async": ("async", "written"), "return-network": ("persist", "done"),
}
BY_THREAD = {"request": (START, DONE), "persist": (PERSIST, WRITTEN), "persist-async": (ASYNC, WRITTEN)}


def convert(source, target):
    import numpy
    import polars

    record = numpy.dtype([
        ("time", "<u8"), ("request", "<u8"), ("value", "<i8"), ("client", "<u4"), ("cpu", "<u2"), ("kind", "u1"),
        ("check", "u1"),
    ])
    chunks = numpy.memmap(source, dtype=record, mode="r", offset=4096).reshape(-1, 2048)
    # A chunk's second record names its thread; in the benchmark's trace none changes it later.
    threads = numpy.repeat(chunks[:, 1]["value"].astype("u4"), 2048)
    records = chunks.reshape(-1)
    calibrations = numpy.sort(records[records["kind"] == 33], order="time")
    is_event = (records["kind"] > 0) & (records["kind"] < 32)
    events, threads = records[is_event], threads[is_event]
    order = numpy.argsort(events["time"], kind="stable")
    events, threads = events[order], threads[order]
    nanoseconds = numpy.interp(
        events["time"].astype("f8"), calibrations["time"].astype("f8"), calibrations["value"].astype("f8"))
    polars.DataFrame({
        "time": nanoseconds.round().astype("i8"), "request": events["request"], "client": events["client"],
        "thread": threads, "kind": events["kind"],
    }).write_parquet(target, compression="uncompressed")


def by_polars(path):
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars
    from polars import col

    begin = time.process_time()
    events = polars.read_parquet(path)
    opened = events.filter(col("kind") == OPENED)["time"][0]
    closed = events.filter(col("kind") == CLOSED)["time"][0]
    events = events.lazy()

    def following(kinds, key):
        """Each start whose next event of these kinds and of the same key is the done."""
        after = {"done": col("time").shift(-1).over(key), "after": col("kind").shift(-1).over(key)}
        pairs = events.filter(col("kind").is_in(list(kinds))).with_columns(**after)
        return pairs.filter((col("kind") == kinds[0]) & (col("after") == kinds[1])).select(start="time", done="done")

    parts = {
        name: events.filter(col("kind").is_in(kinds)).select("request", col("time").alias(name))
        for name, kinds in PARTS.items()
    }
    spans = {
        stage: parts[start].join(parts[done], on="request").select(start=start, done=done)
        for stage, (start, done) in BY_REQUEST.items()
    }
    spans["think"] = following((DONE, START), "client")
    for stage, kinds in BY_THREAD.items():
        spans[f"{stage} by thread"] = following(kinds, "thread")
    elapsed = col("done") - col("start")
    figures = polars.collect_all([
        pairs.filter((col("start") >= opened) & (col("done") < closed)).select(
            count=polars.len(), mean=elapsed.mean(), p50=elapsed.quantile(0.5, "linear"),
            p99=elapsed.quantile(0.99, "linear"))
        for pairs in spans.values()
    ])
    found = dict(zip(spans, [table.row(0, named=True) for table in figures]))
    return time.process_time() - begin, found, f"Polars {polars.__version__}"


def by_duckdb(path):
    import duckdb

    begin = time.process_time()
    database = duckdb.connect(config={"threads": 1})
    database.execute(f"create view events as select * from read_parquet('{path}')")
    (opened,) = database.execute(f"select time from events where kind = {OPENED}").fetchone()
    (closed,) = database.execute(f"select time from events where kind = {CLOSED}").fetchone()
    columns = ", ".join(
        f"min(time) filter (where kind in ({', '.join(map(str, kinds))})) as \"{name}\"" for name, kinds in PARTS.items())
    database.execute(
        f"create temp table wide as select request, {columns} from events where kind < {OPENED} group by request")

    def following(kinds, key):
        return (
            "select time as start, done from (select time, kind, lead(time) over same as done, lead(kind) over same as after"
            f" from events where kind in {kinds} window same as (partition by {key} order by time))"
            f" where kind = {kinds[0]} and after = {kinds[1]}")

    queries = {
        stage: f'select "{start}" as start, "{done}" as done from wide' for stage, (start, done) in BY_REQUEST.items()
    }
    queries["think"] = following((DONE, START), "client")
    for stage, kinds in BY_THREAD.items():
        queries[f"{stage} by thread"] = following(kinds, "thread")
    found = {}
    for stage, query in queries.items():
        count, mean, quantiles = database.execute(
            f"select count(*), avg(done - start), quantile_cont(done - start, [0.5, 0.99]) from ({query})"
            f" where start >= {opened} and done < {closed}").fetchone()
        found[stage] = {"count": count, "mean": mean, "p50": quantiles[0], "p99": quantiles[1]}
    return time.process_time() - begin, found, f"DuckDB {duckdb.__version__}"


if sys.argv[1] == "convert":
    convert(sys.argv[2], sys.argv[3])
else:
    seconds, stages, name = {"polars": by_polars, "duckdb": by_duckdb}[sys.argv[1]](sys.argv[2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"name": name, "cpuSeconds": seconds, "peakResidentBytes": peak, "stages": stages}))
