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
