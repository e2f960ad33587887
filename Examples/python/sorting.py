#!/usr/bin/env python3
"""Sorts lists of random numbers and prints what it found as a line of JSON, for Assay to read.

usage: sorting.py SIZE SEED
"""

import json
import random
import sys
import time

REPETITIONS = 200

size, seed = int(sys.argv[1]), int(sys.argv[2])
source = random.Random(seed)
durations = []
for _ in range(REPETITIONS):
    numbers = [source.random() for _ in range(size)]
    start = time.perf_counter_ns()
    numbers.sort()
    durations.append(time.perf_counter_ns() - start)
durations.sort()

print("sorting", size, "numbers", REPETITIONS, "times")  # lines that are no JSON are for people
print(json.dumps({"sort-p50": durations[REPETITIONS // 2] / 1e3, "numbers-sorted": size * REPETITIONS / sum(durations) * 1e9}))
