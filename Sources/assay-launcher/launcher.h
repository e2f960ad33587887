// What the launcher's files share: see main.c for the idea.
#pragma once

// The manifest makes warnings errors, but cannot ask for more of them without unsafe flags.
#pragma clang diagnostic error "-Wall"
#pragma clang diagnostic error "-Wextra"

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

enum { EX_COMMAND_LINE = 64, EX_SYSTEM = 71 };

// Prints a line on standard error and exits.
__attribute__((noreturn, format(printf, 2, 3))) void refuse(int status, const char *format, ...);

int64_t monotonic_nanoseconds(void);

// options.c
enum { environment_rows_maximum = 4096 };
struct options {
    int64_t time_limit_nanoseconds;
    // Time between SIGTERM and SIGKILL.
    int64_t grace_nanoseconds;
    // For each of the two streams.
    int64_t output_limit_bytes;
    // NULL in a burst whose programs' output nobody wants.
    const char *output;
    const char *errors;
    // In a burst: the file that says what to run, and the file that each run is written into; else NULL.
    const char *commands;
    const char *records;
    // Where the environment's samples go; NULL for none. What follows has a meaning only with it.
    const char *environment;
    int64_t environment_interval_nanoseconds;
    // The most rows that are kept: 4 to environment_rows_maximum.
    int64_t environment_rows;
    // The folder in which the machine's `proc` and `sys` are found: the root, but in tests.
    const char *machine;
    // The program and its arguments, ended by NULL.
    char **command;
    // The descriptor on which signals are read; set by main.
    int signals;
};
struct options read_options(int count, char **arguments);

// capture.c: a stream of the program on its way into a file, or, without a path, into nothing.
struct capture {
    // The pipe's ends; -1 once closed, and where there is no pipe.
    int source;
    int sink_of_program;
    int file;
    // Bytes that the program wrote, and how many of them are kept.
    int64_t count;
    int64_t limit;
    // The errno of the first write that failed, or 0.
    int failure;
};
struct capture capture_into(const char *path, int64_t limit);
// Moves what is there. Returns false when nothing is left for now; closes the source at its end.
bool capture_some(struct capture *capture);
// Forgets what is kept, for the next program of a burst.
void capture_restart(struct capture *capture);
void capture_finish(struct capture *capture);

// main.c
// How long killed processes may take to go before they are reported instead of waited for.
#define PATIENCE_NANOSECONDS (10 * INT64_C(1000000000))
// Why the program was ended; `none` when it ended by itself.
enum cause { cause_none, cause_time_limit, cause_output_limit, cause_output_failed, cause_lifeline, cause_signal };
// Watches the program until it has ended by itself or been ended, and says why it was ended. It stays unreaped.
enum cause watch(const struct options *options, pid_t program, int64_t started, struct capture captures[2]);

// start.c
// Sets all signals to their defaults and blocks none; for a child that has not begun its program.
void restore_signals(void);
struct not_started {
    // The errno, or 0 if the program was started.
    int number;
    // The call that failed: one of `fork pipe setsid prctl dup2 open exec`.
    char step[8];
};
// Returns the program's process identifier once it runs, or -1 with the reason.
pid_t start_program(const struct options *options, struct capture captures[2], struct not_started *reason);

// counters.c: the machine's counters. All are totals since some moment, but for those that say otherwise.
enum { absent = -1 };
enum column {
    // CLOCK_MONOTONIC in nanoseconds, when the sample was begun.
    column_time,
    // CPUs that are online at that moment.
    column_cpus,
    // CPU time over all CPUs, in nanoseconds, in the steps that the kernel counts in.
    column_busy,
    column_idle,
    column_steal,
    // Threads that run or wait for a CPU at that moment, this one left out.
    column_runnable,
    column_context_switches,
    // Microseconds in which some thread waited for a CPU, for memory, for input or output.
    column_cpu_pressure,
    column_memory_pressure,
    column_io_pressure,
    // Pages that went to or came from swap.
    column_swapped_pages,
    column_major_faults,
    // Of the program's process and of the children that it has waited for.
    column_program_cpu,
    column_program_minor_faults,
    column_program_major_faults,
    // How often CPUs were too hot, summed over CPUs, and how often and for how many microseconds the program's groups had
    // used up their share of CPU time.
    column_core_throttles,
    column_group_throttles,
    column_group_throttled,
    // In kHz, of the slowest CPU at that moment.
    column_lowest_frequency,
    // CPU time that this sample cost, in nanoseconds; no total.
    column_sampling,
    column_count
};
// Once, before the program starts.
void open_counters(const char *machine);
void count_program(pid_t program);
// Fills all columns but the cost; what is not told is `absent`.
void read_counters(int64_t row[column_count]);

// environment.c: samples of the counters, from before the program's start to after its end. Without the option
// `environment` all of these do nothing, and no sample is ever due.
void environment_begin(const struct options *options);
void environment_watch(pid_t program);
int64_t environment_due(void);
void environment_sample_if_due(void);
// The last sample: before the program is reaped, as it is gone then.
void environment_end(void);
// Returns the errno of the first write that failed, or 0.
int environment_write(void);

// descendants.c
struct sweep {
    // Processes that outlived the program, as far as they could be counted: at least 1 if there was any.
    int found;
    // Processes that were still there when patience ran out.
    int survivors;
    // Of the program, as wait4 returns them.
    int status;
    struct rusage usage;
};
// Reaps the program, which has ended, and kills all that is left of it.
struct sweep sweep_descendants(pid_t program, int64_t patience_nanoseconds, int signals);
// Kills all that is left of a program which has been reaped already. Costs one call of the system where nothing is.
struct sweep sweep_orphans(int64_t patience_nanoseconds, int signals);

// burst.c: many runs, one after the other. Fills in the report of the run that ended the burst, or of the last one.
struct report;
void run_burst(const struct options *options, struct report *report, struct capture captures[2]);

// report.c
struct report {
    // In a burst: how many runs have a record; the report is of the one after them, or of the last one.
    bool is_burst;
    int64_t runs;
    struct not_started not_started;
    enum cause cause;
    // As wait4 returns it.
    int status;
    int output_errno;
    int environment_errno;
    int left_behind;
    int survivors;
    // On CLOCK_MONOTONIC, around fork and the end.
    int64_t started;
    int64_t ended;
    struct rusage usage;
};
bool write_report(const struct report *report, const struct capture captures[2]);
