/* What a process may ask of the kernel and Swift cannot: the importer leaves out variadic functions, and prctl is one. */
#pragma once

/* Sets how late the kernel may wake the calling thread, in nanoseconds, so that it can bundle wake-ups (prctl(2),
   PR_SET_TIMERSLACK). Threads inherit it. Returns 0, or errno. */
int process_set_timer_slack(unsigned long nanoseconds);
