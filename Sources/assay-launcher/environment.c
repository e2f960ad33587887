// What else the machine did while the program ran: its counters, read at even distances from just before the start to
// just after the end, kept in memory and written once the program is gone, so that no write disturbs it.
//
// One sample costs 105 to 130 µs of CPU time on a 2-core virtual machine (the medians of 60 trials, idle and loaded), nearly
// all of it the kernel's, which prints /proc/stat, /proc/vmstat and /proc/pressure: 0.06 % of the machine at ten samples a
// second. It grows with CPUs, interrupts and the program's threads, so the cost is measured with every
// sample and stands in its row. Where it exceeds a hundredth of the interval the interval doubles. What is judged is the
// cheapest of eight samples in a row, by CPU time: a sampler that only waited for a CPU has disturbed nobody.
//
// The table is bounded. When it is full every second row is dropped and the interval doubles; the first row stays.

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "launcher.h"

// The file's version and columns; the harness reads it in EnvironmentSamples.swift, which holds its history.
static const char version_line[] = "# assay environment, version 1\n";
static const char *const column_names[column_count] = {
    [column_time] = "monotonic_ns",
    [column_cpus] = "cpus",
    [column_busy] = "busy_ns",
    [column_idle] = "idle_ns",
    [column_steal] = "steal_ns",
    [column_runnable] = "runnable",
    [column_context_switches] = "context_switches",
    [column_cpu_pressure] = "cpu_some_us",
    [column_memory_pressure] = "memory_some_us",
    [column_io_pressure] = "io_some_us",
    [column_swapped_pages] = "swapped_pages",
    [column_major_faults] = "major_faults",
    [column_program_cpu] = "program_cpu_ns",
    [column_program_minor_faults] = "program_minor_faults",
    [column_program_major_faults] = "program_major_faults",
    [column_core_throttles] = "core_throttles",
    [column_group_throttles] = "group_throttles",
    [column_group_throttled] = "group_throttled_us",
    [column_lowest_frequency] = "lowest_frequency_khz",
    [column_sampling] = "sampling_ns",
};

enum { samples_judged_together = 8, cost_share = 100 };

static struct {
    FILE *file;
    int failure;
    int64_t interval;
    int64_t due;
    int64_t rows[environment_rows_maximum][column_count];
    int64_t capacity;
    int64_t count;
    // Of the samples since the cost was last judged.
    int judged_count;
    int64_t cheapest;
} table = {.due = INT64_MAX};

static int64_t own_cpu_nanoseconds(void) {
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

static void note_failure(bool failed) {
    if (failed && table.failure == 0) table.failure = errno ? errno : EIO;
}

static void drop_every_second_row(void) {
    int64_t kept = 0;
    for (int64_t index = 0; index < table.count; index += 2) {
        if (kept != index) memcpy(table.rows[kept], table.rows[index], sizeof table.rows[kept]);
        kept++;
    }
    table.count = kept;
    table.interval *= 2;
}

static void judge_cost(int64_t cost) {
    if (table.judged_count == 0 || cost < table.cheapest) table.cheapest = cost;
    if (++table.judged_count < samples_judged_together) return;
    while (table.cheapest > table.interval / cost_share) table.interval *= 2;
    table.judged_count = 0;
}

static void sample(void) {
    int64_t before = own_cpu_nanoseconds();
    if (table.count == table.capacity) drop_every_second_row();
    int64_t *row = table.rows[table.count++];
    read_counters(row);
    row[column_sampling] = own_cpu_nanoseconds() - before;
    judge_cost(row[column_sampling]);
}

void environment_begin(const struct options *options) {
    if (options->environment == NULL) return;
    table.interval = options->environment_interval_nanoseconds;
    table.capacity = options->environment_rows;
    // Opened now, because the program may rename its folder, and kept open.
    int descriptor = open(options->environment, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) refuse(EX_SYSTEM, "%s: %s", options->environment, strerror(errno));
    table.file = fdopen(descriptor, "w");
    if (table.file == NULL) refuse(EX_SYSTEM, "%s: %s", options->environment, strerror(errno));
    // With its head alone the file says that nothing was sampled to the end, as when the launcher is killed.
    note_failure(fputs(version_line, table.file) == EOF);
    for (int column = 0; column < column_count; column++)
        note_failure(fprintf(table.file, "%s%c", column_names[column], column + 1 < column_count ? ',' : '\n') < 0);
    note_failure(fflush(table.file) != 0);
    open_counters(options->machine);
    sample();
    table.due = table.rows[0][column_time] + table.interval;
}

void environment_watch(pid_t program) {
    if (table.file != NULL) count_program(program);
}

int64_t environment_due(void) { return table.due; }

void environment_sample_if_due(void) {
    if (monotonic_nanoseconds() < table.due) return;
    sample();
    table.due += table.interval;
    // A launcher that was held up goes on from now, instead of making up for what it missed.
    int64_t now = monotonic_nanoseconds();
    if (table.due <= now) table.due = now + table.interval;
}

void environment_end(void) {
    if (table.file == NULL) return;
    sample();
    table.due = INT64_MAX;
}

int environment_write(void) {
    if (table.file == NULL) return 0;
    for (int64_t index = 0; index < table.count; index++) {
        for (int column = 0; column < column_count; column++) {
            int64_t value = table.rows[index][column];
            if (value != absent) note_failure(fprintf(table.file, "%" PRId64, value) < 0);
            note_failure(fputc(column + 1 < column_count ? ',' : '\n', table.file) == EOF);
        }
    }
    note_failure(fclose(table.file) != 0);
    table.file = NULL;
    return table.failure;
}
