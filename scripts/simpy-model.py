#!/usr/bin/env python3
"""The bundled simulator's default model in SimPy: the peer of `assay-benchmark virtual`.

Clients in a closed loop, a network, a data processor with permits, a persistent store. The delays, the events and the
fields of their records are those of `system-simulator --start herd`; the random numbers are Python's own. The trace is one
32-byte record an event without chunks, checks or a header, which is less work than the simulator's.

Written as one who knows SimPy would write it for speed, within its documented interface:
- time is in whole nanoseconds, so that nothing is converted for a record;
- a permit that is free is not waited for: yielding it would cost one more turn of the event loop;
- a writer whose write is done waits for the next one, as the simulator's do: a process for each write took 7 % longer.
"""

import argparse
import json
import random
import struct

import simpy

MICROSECOND = 1_000
SECOND = 1_000_000_000
REQUEST_START, REQUEST_NONBLOCK, REQUEST_BLOCK = 1, 2, 3
PERSIST_START, PERSIST_ASYNC_START, PERSIST_DONE = 4, 5, 6
REQUEST_DONE = 7


def simulate(clients, permits, seconds, seed, trace):
    """Runs the model and returns how many requests and how many writes were done."""
    environment = simpy.Environment()
    processor = simpy.Resource(environment, permits)
    timeout = environment.timeout
    pack = struct.Struct("<QQqIHBB").pack  # time, request, value, client, CPU, kind, check
    write = trace.write
    idle_writers = []
    requests_made = requests_done = writes_done = 0

    def record(kind, request, client, value=0):
        write(pack(environment.now, request, value, client, 0, kind, 0))

    def persist(request, client, permit, delay):
        nonlocal writes_done
        while True:
            record(PERSIST_ASYNC_START, request, client)
            yield timeout(delay)
            record(PERSIST_DONE, request, client)
            writes_done += 1
            # Idle before the permit is free, so that there are never more writers than permits.
            next_write = environment.event()
            idle_writers.append(next_write)
            processor.release(permit)
            request, client, permit, delay = yield next_write

    def run_client(client):
        nonlocal requests_made, requests_done
        # Numbers of its own for each client, so that adding one changes no other's.
        gauss = random.Random(f"{seed}/{client}").gauss
        while True:
            requests_made += 1
            request = requests_made
            record(REQUEST_START, request, client)
            yield timeout(500 * MICROSECOND + max(0, round(gauss(1_000, 100))) * MICROSECOND)
            permit = processor.request()
            if permit.triggered:
                record(REQUEST_NONBLOCK, request, client)
            else:
                record(REQUEST_BLOCK, request, client)
                yield permit
            delay = 50_000 * MICROSECOND + max(0, round(gauss(10_000, 5_000))) * MICROSECOND
            record(PERSIST_START, request, client, delay)
            if idle_writers:
                idle_writers.pop().succeed((request, client, permit, delay))
            else:
                environment.process(persist(request, client, permit, delay))
            yield timeout(500 * MICROSECOND + max(0, round(gauss(1_000, 100))) * MICROSECOND)
            record(REQUEST_DONE, request, client)
            requests_done += 1
            yield timeout(SECOND)

    for client in range(clients):
        environment.process(run_client(client))
    environment.run(until=seconds * SECOND)
    return requests_done, writes_done


def main():
    parser = argparse.ArgumentParser(description="Run the simulator's default model in SimPy.", allow_abbrev=False)
    parser.add_argument("--clients", type=int, default=15)
    parser.add_argument("--permits", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=60, help="of simulated time, from the start")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trace", required=True, help="the file to write the records to")
    options = parser.parse_args()
    with open(options.trace, "wb", buffering=1 << 20) as trace:
        requests_done, writes_done = simulate(
            options.clients, options.permits, options.seconds, options.seed, trace)
    print(json.dumps({"requestsDone": requests_done, "writesDone": writes_done}))


if __name__ == "__main__":
    main()
