/* What the machine allows: the plainest program for a task, to be measured beside the product in the same run. */
#pragma once

#include <stdint.h>

/* Wakes sleepers on the calling thread, each `cycles` times, and does nothing else: one clock_nanosleep(2) with
   TIMER_ABSTIME until the next deadline, then everything that is due by the clock, each with a clock reading of its own.
   - start_nanoseconds: of CLOCK_MONOTONIC. Sleeper i's deadlines are start + phases[i] + k × period, k = 0 … cycles - 1.
   - phases: ascending, each less than the period. So the deadlines form a ring in the order of the sleepers, and the
     floor pays for no queue.
   - overshoots: room for count × cycles; how late each wake-up was, in nanoseconds, in the order of the deadlines.
   Sets the calling thread's timer slack to 1 ns. Returns 0, or an errno. */
int floor_sleep(
    int64_t start_nanoseconds, int64_t period_nanoseconds, const int64_t *phases, int64_t count, int64_t cycles,
    int64_t *overshoots);

/* Runs a program again and again, each time to its end, and does nothing else: posix_spawn(3) with /dev/null as its three
   streams, then wait4(2).
   - path, arguments: of the program; the arguments begin with its own name and end with NULL. Its environment is empty.
   - durations: room for `runs`; how long each run took, in nanoseconds, from before posix_spawn to after wait4.
   Returns 0, or an errno; ECHILD where the program did not end with status 0. */
int floor_spawn(const char *path, char *const arguments[], int64_t runs, int64_t *durations);
