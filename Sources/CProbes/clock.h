// The two clocks of a trace. Ticks are half as dear as clock_gettime, which reads the same counter and then scales it;
// the scaling is left to the reader, which knows calibrations before and after each event.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

static inline uint64_t clock_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Not rdtscp, nor a fence: either doubles the cost, and two reads by one thread do not overtake each other by more
// than they cost.
static inline uint64_t clock_ticks(void) {
#if defined(__x86_64__)
    return __rdtsc();
#elif defined(__aarch64__)
    uint64_t ticks;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
    return clock_monotonic_nanoseconds();
#endif
}

// Whether ticks run at one rate on all CPUs and through all power states.
bool clock_ticks_are_trusted(void);

// One instant on both clocks: the middle of the tightest of several brackets of ticks around CLOCK_MONOTONIC.
struct clock_calibration {
    uint64_t ticks;
    uint64_t nanoseconds;
};
struct clock_calibration clock_calibrate(void);
