/* What a process may ask of the kernel and Swift cannot: the importer leaves out variadic functions, of which prctl is
   one, and knows the C library's rusage only in part, and finds `struct timespec` now in one module and now in another. */
#pragma once

#include <pthread.h>
#include <stdint.h>

/* Sets how late the kernel may wake the calling thread, in nanoseconds, so that it can bundle wake-ups (prctl(2),
   PR_SET_TIMERSLACK). Threads inherit it. Returns 0, or errno. */
int process_set_timer_slack(unsigned long nanoseconds);

/* The time that all threads of the process have spent on CPUs, user and system together, in microseconds
   (getrusage(2), RUSAGE_SELF). */
int64_t process_cpu_microseconds(void);

/* The largest resident size that the process has had since its exec, in bytes (VmHWM of /proc/self/status, proc_pid_status(5));
   -1 where the kernel does not tell. What getrusage(2) tells begins with the size of the process that it was started from. */
int64_t process_peak_resident_bytes(void);

/* How many CPUs the calling thread may run on (sched_getaffinity(2)); at least 1. */
int process_usable_cpu_count(void);

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t process_monotonic_nanoseconds(void);

/* Waits like pthread_cond_timedwait(3), until a time of CLOCK_MONOTONIC in nanoseconds, which the condition must have been
   made for. Returns 0, ETIMEDOUT or another error. */
int process_condition_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t deadline_nanoseconds);

/* Tells the CPU that the calling thread waits in a loop, so that its sibling runs faster and the loop is left sooner. */
static inline void process_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield" ::: "memory");
#endif
}
