/* What a process may ask of the kernel and Swift cannot: the importer leaves out variadic functions, of which prctl is
   one, and knows the C library's rusage only in part. */
#pragma once

#include <stdint.h>

/* Sets how late the kernel may wake the calling thread, in nanoseconds, so that it can bundle wake-ups (prctl(2),
   PR_SET_TIMERSLACK). Threads inherit it. Returns 0, or errno. */
int process_set_timer_slack(unsigned long nanoseconds);

/* The time that all threads of the process have spent on CPUs, user and system together, in microseconds
   (getrusage(2), RUSAGE_SELF). */
int64_t process_cpu_microseconds(void);

/* How many CPUs the calling thread may run on (sched_getaffinity(2)); at least 1. */
int process_usable_cpu_count(void);

/* Tells the CPU that the calling thread waits in a loop, so that its sibling runs faster and the loop is left sooner. */
static inline void process_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield" ::: "memory");
#endif
}
