// The machine's counters, as the kernel shows them in /proc and /sys. Every file is opened once, before the program
// starts, and read again in place for each sample. What a machine does not tell is absent, which is another thing than
// zero: no file, a file without the line, or a kernel that refuses to answer (pressure, where it was built in and is
// switched off).

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

// More CPUs than these are not asked for their frequency and throttling; more levels of groups are not climbed.
enum { cpus_maximum = 256, groups_maximum = 16 };

static struct {
    int stat, vmstat;
    // cpu, memory, io
    int pressures[3];
    int program;
    int throttles[cpus_maximum];
    int frequencies[cpus_maximum];
    int cpu_count;
    // The control group that the program will be born into, and those above it: a limit on any of them holds it.
    int groups[groups_maximum];
    int group_count;
} sources = {.program = -1};

// Room for /proc/stat of some hundred CPUs with all their interrupts; touched only as far as it is filled.
static char text[1 << 18];

static int open_source(const char *machine, const char *path) {
    char whole[4096];
    int length = snprintf(whole, sizeof whole, "%s/%s", machine, path);
    return length < (int)sizeof whole ? open(whole, O_RDONLY | O_CLOEXEC) : -1;
}

// Reads the file into `text`, as far as a whole line that begins with `last`, or all of it. False if it tells nothing.
static bool read_source(int descriptor, const char *last) {
    if (descriptor < 0) return false;
    size_t count = 0;
    while (count < sizeof text - 1) {
        ssize_t got = pread(descriptor, text + count, sizeof text - 1 - count, (off_t)count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        count += (size_t)got;
        text[count] = '\0';
        const char *found = last ? strstr(text, last) : NULL;
        if (found != NULL && strchr(found + 1, '\n') != NULL) break;
    }
    text[count] = '\0';
    return count > 0;
}

// The number behind the first occurrence of the words in `text`.
static int64_t number_behind(const char *words) {
    const char *found = strstr(text, words);
    int64_t number;
    return found != NULL && sscanf(found + strlen(words), "%" SCNd64, &number) == 1 ? number : absent;
}

static int64_t sum_if_known(int64_t sum, int64_t number) {
    if (number == absent) return sum;
    return sum == absent ? number : sum + number;
}

static void open_cpus(const char *machine) {
    long configured = sysconf(_SC_NPROCESSORS_CONF);
    sources.cpu_count = configured < cpus_maximum ? (int)configured : cpus_maximum;
    for (int cpu = 0; cpu < sources.cpu_count; cpu++) {
        char path[128];
        snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%d/thermal_throttle/core_throttle_count", cpu);
        sources.throttles[cpu] = open_source(machine, path);
        snprintf(path, sizeof path, "sys/devices/system/cpu/cpu%d/cpufreq/scaling_cur_freq", cpu);
        sources.frequencies[cpu] = open_source(machine, path);
    }
}

// Opens cpu.stat of the group and of all above it, below the folder where its hierarchy is mounted.
static void open_groups(const char *machine, const char *mount, char *group) {
    if (strcmp(group, "/") == 0) *group = '\0';
    for (;;) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s%s/cpu.stat", mount, group);
        int descriptor = length < (int)sizeof path ? open_source(machine, path) : -1;
        // The topmost group, and one whose CPU time nobody controls, count no throttling.
        bool counts = read_source(descriptor, NULL) && number_behind("nr_throttled ") != absent;
        if (counts && sources.group_count < groups_maximum) {
            sources.groups[sources.group_count++] = descriptor;
        } else if (descriptor >= 0) {
            close(descriptor);
        }
        char *end = strrchr(group, '/');
        if (end == NULL) return;
        *end = '\0';
    }
}

// Finds the groups by their names, one a line: `hierarchy:controllers:path`, with neither for the one of version 2.
static void find_groups(const char *machine) {
    int list = open_source(machine, "proc/self/cgroup");
    bool is_known = read_source(list, NULL);
    if (list >= 0) close(list);
    if (!is_known) return;
    // `text` is read into again below.
    char *names = strdup(text);
    if (names == NULL) refuse(EX_SYSTEM, "out of memory");
    char *rest = names, *line;
    while ((line = strsep(&rest, "\n")) != NULL) {
        strsep(&line, ":");
        const char *controllers = strsep(&line, ":");
        if (controllers == NULL || line == NULL) continue;
        char list_of_controllers[256];
        snprintf(list_of_controllers, sizeof list_of_controllers, ",%s,", controllers);
        char group[4096];
        snprintf(group, sizeof group, "%s", line);
        if (strstr(list_of_controllers, ",cpu,") != NULL) {
            open_groups(machine, "sys/fs/cgroup/cpu", group);
        } else if (*controllers == '\0') {
            open_groups(machine, "sys/fs/cgroup", group);
            snprintf(group, sizeof group, "%s", line);
            open_groups(machine, "sys/fs/cgroup/unified", group);
        }
    }
    free(names);
}

void open_counters(const char *machine) {
    sources.stat = open_source(machine, "proc/stat");
    sources.vmstat = open_source(machine, "proc/vmstat");
    const char *const pressures[] = {"proc/pressure/cpu", "proc/pressure/memory", "proc/pressure/io"};
    for (int index = 0; index < 3; index++) sources.pressures[index] = open_source(machine, pressures[index]);
    open_cpus(machine);
    find_groups(machine);
}

void count_program(pid_t program) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)program);
    sources.program = open(path, O_RDONLY | O_CLOEXEC);
}

static int64_t ticks_to_nanoseconds(int64_t ticks) {
    static int64_t nanoseconds_a_tick;
    if (nanoseconds_a_tick == 0) nanoseconds_a_tick = 1000000000 / sysconf(_SC_CLK_TCK);
    return ticks * nanoseconds_a_tick;
}

// How many CPUs are online: each has a line of its own.
static int64_t count_cpus(void) {
    int64_t count = 0;
    for (const char *line = text; (line = strstr(line, "\ncpu")) != NULL; line++) count++;
    return count > 0 ? count : absent;
}

static void read_cpu_times(int64_t row[column_count]) {
    if (!read_source(sources.stat, "\nprocs_running ")) return;
    // Time of guests is in user and nice already.
    int64_t user, nice, system, idle, io_wait, interrupt, soft_interrupt, steal;
    if (sscanf(text, "cpu %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64,
               &user, &nice, &system, &idle, &io_wait, &interrupt, &soft_interrupt, &steal) == 8) {
        row[column_busy] = ticks_to_nanoseconds(user + nice + system + interrupt + soft_interrupt);
        row[column_idle] = ticks_to_nanoseconds(idle + io_wait);
        row[column_steal] = ticks_to_nanoseconds(steal);
    }
    row[column_cpus] = count_cpus();
    row[column_context_switches] = number_behind("\nctxt ");
    int64_t running = number_behind("\nprocs_running ");
    // Who asks is running.
    if (running > 0) row[column_runnable] = running - 1;
}

static void read_memory(int64_t row[column_count]) {
    if (!read_source(sources.vmstat, "\npgmajfault ")) return;
    int64_t in = number_behind("\npswpin "), out = number_behind("\npswpout ");
    if (in != absent && out != absent) row[column_swapped_pages] = in + out;
    row[column_major_faults] = number_behind("\npgmajfault ");
}

// The program's own, and those of the children that it has waited for.
static void read_program(int64_t row[column_count]) {
    if (sources.program < 0) {
        // It is not born yet.
        row[column_program_cpu] = row[column_program_minor_faults] = row[column_program_major_faults] = 0;
        return;
    }
    if (!read_source(sources.program, NULL)) return;
    const char *name_end = strrchr(text, ')');
    int64_t minor, minor_of_children, major, major_of_children, user, system, user_of_children, system_of_children;
    if (name_end == NULL
        || sscanf(name_end + 1,
                  " %*c %*d %*d %*d %*d %*d %*u %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64
                  " %" SCNd64 " %" SCNd64,
                  &minor, &minor_of_children, &major, &major_of_children, &user, &system, &user_of_children,
                  &system_of_children)
               != 8)
        return;
    row[column_program_cpu] = ticks_to_nanoseconds(user + system + user_of_children + system_of_children);
    row[column_program_minor_faults] = minor + minor_of_children;
    row[column_program_major_faults] = major + major_of_children;
}

static void read_throttling(int64_t row[column_count]) {
    for (int cpu = 0; cpu < sources.cpu_count; cpu++) {
        if (read_source(sources.throttles[cpu], NULL))
            row[column_core_throttles] = sum_if_known(row[column_core_throttles], number_behind(""));
        if (!read_source(sources.frequencies[cpu], NULL)) continue;
        int64_t kilohertz = number_behind("");
        int64_t lowest = row[column_lowest_frequency];
        if (kilohertz > 0 && (lowest == absent || kilohertz < lowest)) row[column_lowest_frequency] = kilohertz;
    }
    for (int index = 0; index < sources.group_count; index++) {
        if (!read_source(sources.groups[index], NULL)) continue;
        row[column_group_throttles] = sum_if_known(row[column_group_throttles], number_behind("nr_throttled "));
        // Version 2 counts microseconds, version 1 nanoseconds.
        int64_t microseconds = number_behind("throttled_usec "), nanoseconds = number_behind("throttled_time ");
        if (microseconds == absent && nanoseconds != absent) microseconds = nanoseconds / 1000;
        row[column_group_throttled] = sum_if_known(row[column_group_throttled], microseconds);
    }
}

void read_counters(int64_t row[column_count]) {
    for (int column = 0; column < column_count; column++) row[column] = absent;
    row[column_time] = monotonic_nanoseconds();
    read_cpu_times(row);
    read_program(row);
    const enum column pressures[] = {column_cpu_pressure, column_memory_pressure, column_io_pressure};
    for (int index = 0; index < 3; index++) {
        // `some` comes first.
        if (read_source(sources.pressures[index], NULL)) row[pressures[index]] = number_behind("total=");
    }
    read_memory(row);
    read_throttling(row);
}
