// A burst: many runs, one after the other, for programs that are over in less time than it takes to start a launcher.
// What a run costs beyond its bare process is what the sequence below adds to vfork, exec and wait4; `assay-benchmark burst`
// measures it.
//
// A program is started as posix_spawn starts it, by vfork: the child borrows the launcher's memory until its exec, so that
// nothing is copied, however large the launcher is. posix_spawn itself cannot ask the kernel for the child's death on ours.
//
// A run counts only when nothing speaks against it. The first that fails ends the burst: the report is about it, with what
// it wrote to its standard error. Every run before it has a record, one line of numbers:
//
//     place,start_ns,elapsed_ns,user_ns,system_ns,peak_bytes,voluntary,involuntary,minor_faults,major_faults
//
// where the place is that in the order, from 0, and the start is on CLOCK_MONOTONIC.
//
// A process keeps, through its exec, the peak of the memory that it was started from: here the launcher's. A peak that is not
// clearly above that is not the program's, and stands as 0, which no process has.
//
// What to run is a file of fields, each ended by a NUL, so that a word may hold anything but that:
//
//     COMMANDS { WORDS WORD... }... RUNS { COMMAND }...
//
// Numbers are plain decimal digits; COMMAND is the number of a command, from 0. The harness writes it in BurstFile.swift.

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

// The file's version and columns; the harness reads it in BurstRecords.swift.
static const char head[] =
    "# assay burst, version 1\n"
    "place,start_ns,elapsed_ns,user_ns,system_ns,peak_bytes,voluntary,involuntary,minor_faults,major_faults\n";

enum { file_bytes_maximum = 64 << 20, words_maximum = 1 << 20, runs_maximum = 1 << 20 };

struct burst {
    char *text;
    size_t length;
    size_t place;
    char ***commands;
    int64_t command_count;
    int64_t *order;
    int64_t run_count;
};

static __attribute__((noreturn)) void refuse_file(const struct options *options, const char *complaint) {
    refuse(EX_COMMAND_LINE, "%s: %s", options->commands, complaint);
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (memory == NULL) refuse(EX_SYSTEM, "out of memory");
    return memory;
}

// Reads a pipe as well as a file: up to the bound, and one byte more to see that there is no more.
static void read_file(const struct options *options, struct burst *burst) {
    int file = open(options->commands, O_RDONLY | O_CLOEXEC);
    if (file < 0) refuse(EX_SYSTEM, "%s: %s", options->commands, strerror(errno));
    size_t capacity = 1 << 16;
    burst->text = allocate(capacity, 1);
    for (;;) {
        if (burst->length == capacity) {
            capacity *= 2;
            burst->text = realloc(burst->text, capacity);
            if (burst->text == NULL) refuse(EX_SYSTEM, "out of memory");
        }
        ssize_t count = read(file, burst->text + burst->length, capacity - burst->length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) refuse(EX_SYSTEM, "%s: %s", options->commands, strerror(errno));
        if (count == 0) break;
        burst->length += (size_t)count;
        if (burst->length > file_bytes_maximum) refuse_file(options, "is larger than 64 MiB");
    }
    close(file);
}

// The next field, which a NUL ends.
static char *next_field(const struct options *options, struct burst *burst) {
    char *field = burst->text + burst->place;
    char *end = burst->place < burst->length ? memchr(field, '\0', burst->length - burst->place) : NULL;
    if (end == NULL) refuse_file(options, "ends in the middle");
    burst->place = (size_t)(end - burst->text) + 1;
    return field;
}

static int64_t next_number(const struct options *options, struct burst *burst, int64_t lowest, int64_t highest) {
    char *field = next_field(options, burst), *end;
    errno = 0;
    long long number = strtoll(field, &end, 10);
    if (errno != 0 || end == field || *end != '\0' || number < lowest || number > highest)
        refuse_file(options, "holds no number where one should stand, or one out of its range");
    return number;
}

static struct burst read_burst(const struct options *options) {
    struct burst burst = {0};
    read_file(options, &burst);
    burst.command_count = next_number(options, &burst, 1, words_maximum);
    burst.commands = allocate((size_t)burst.command_count, sizeof *burst.commands);
    for (int64_t command = 0; command < burst.command_count; command++) {
        int64_t words = next_number(options, &burst, 1, words_maximum);
        burst.commands[command] = allocate((size_t)words + 1, sizeof **burst.commands);
        for (int64_t word = 0; word < words; word++) burst.commands[command][word] = next_field(options, &burst);
    }
    burst.run_count = next_number(options, &burst, 0, runs_maximum);
    burst.order = allocate((size_t)burst.run_count, sizeof *burst.order);
    for (int64_t run = 0; run < burst.run_count; run++)
        burst.order[run] = next_number(options, &burst, 0, burst.command_count - 1);
    if (burst.place != burst.length) refuse_file(options, "goes on behind its end");
    return burst;
}

static void free_burst(struct burst *burst) {
    for (int64_t command = 0; command < burst->command_count; command++) free(burst->commands[command]);
    free(burst->commands);
    free(burst->order);
    free(burst->text);
}

// Between vfork and exec the child runs in the launcher's memory, while the launcher stands still: it writes nothing but
// the reason why it cannot go on, and returns from nothing.
static pid_t start_run(char **command, int nothing, const struct capture captures[2], struct not_started *reason) {
    pid_t launcher = getpid();
    volatile int failure = 0;
    const char *volatile step = "exec";
    pid_t program = vfork();
    if (program == 0) {
        step = "prctl";
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0) {
            if (getppid() != launcher) _exit(127);
            step = "setsid";
            if (setsid() >= 0) {
                restore_signals();
                step = "dup2";
                if (dup2(nothing, STDIN_FILENO) >= 0 && dup2(captures[0].sink_of_program, STDOUT_FILENO) >= 0
                    && dup2(captures[1].sink_of_program, STDERR_FILENO) >= 0) {
                    step = "exec";
                    execv(command[0], command);
                }
            }
        }
        failure = errno;
        _exit(127);
    }
    if (program < 0) {
        failure = errno;
        step = "fork";
    }
    if (failure == 0) return program;
    if (program > 0) waitpid(program, NULL, 0);
    reason->number = failure;
    strncpy(reason->step, step, sizeof reason->step - 1);
    return -1;
}

// Returns whether the run counts.
static bool run(
    const struct options *options, char **command, int nothing, struct capture captures[2], struct report *report
) {
    for (int index = 0; index < 2; index++) capture_restart(&captures[index]);
    report->started = monotonic_nanoseconds();
    pid_t program = start_run(command, nothing, captures, &report->not_started);
    if (program < 0) return false;
    report->cause = watch(options, program, report->started, captures);
    report->ended = monotonic_nanoseconds();
    if (wait4(program, &report->status, 0, &report->usage) != program)
        refuse(EX_SYSTEM, "wait4: %s", strerror(errno));
    struct sweep sweep = sweep_orphans(PATIENCE_NANOSECONDS, options->signals);
    report->left_behind = report->cause == cause_none ? sweep.found : 0;
    report->survivors = sweep.survivors;
    for (int index = 0; index < 2; index++) {
        // The pipe's other end stays open here: what is there is all there is.
        while (captures[index].source >= 0 && capture_some(&captures[index])) {}
        if (captures[index].failure || captures[index].count > options->output_limit_bytes) return false;
    }
    return report->cause == cause_none && report->status == 0 && sweep.found == 0 && sweep.survivors == 0;
}

static int64_t nanoseconds(struct timeval time) {
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

// The kernel counts resident pages for each CPU apart, and sums them up to within some dozens. The launcher's own peak hardly
// moves, so it is looked at from time to time only.
enum { peak_slack_kibibytes = 256, runs_between_looks = 64 };

// The peak of the launcher's memory since its own exec; getrusage would tell that of the harness, which it was started from.
static int64_t own_peak_kibibytes(void) {
    char text[4096];
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (file < 0) return INT64_MAX - peak_slack_kibibytes;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    text[count > 0 ? count : 0] = '\0';
    const char *found = strstr(text, "VmHWM:");
    int64_t kibibytes;
    // Where it is not told, no peak is known to be the program's.
    return found != NULL && sscanf(found, "VmHWM: %" SCNd64, &kibibytes) == 1 ? kibibytes
                                                                               : INT64_MAX - peak_slack_kibibytes;
}

static int64_t peak_bytes(const struct rusage *usage, int64_t place) {
    static int64_t own;
    if (place % runs_between_looks == 0) own = own_peak_kibibytes();
    return usage->ru_maxrss > own + peak_slack_kibibytes ? (int64_t)usage->ru_maxrss * 1024 : 0;
}

static bool write_record(FILE *records, int64_t place, const struct report *report) {
    const struct rusage *usage = &report->usage;
    return fprintf(records,
                   "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%ld,%ld,%ld,%ld\n", place,
                   report->started, report->ended - report->started, nanoseconds(usage->ru_utime),
                   nanoseconds(usage->ru_stime), peak_bytes(usage, place), usage->ru_nvcsw, usage->ru_nivcsw,
                   usage->ru_minflt, usage->ru_majflt)
        > 0;
}

void run_burst(const struct options *options, struct report *report, struct capture captures[2]) {
    struct burst burst = read_burst(options);
    int descriptor = open(options->records, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    FILE *records = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (records == NULL) refuse(EX_SYSTEM, "%s: %s", options->records, strerror(errno));
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0) refuse(EX_SYSTEM, "/dev/null: %s", strerror(errno));
    // Handed down to every program: see start.c.
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    // Line by line: should the launcher be killed, it can be told which run did it.
    bool is_written = setvbuf(records, NULL, _IOLBF, 4096) == 0 && fputs(head, records) >= 0;
    // The programs are counted with the launcher, which waits for them all.
    count_program(getpid());
    environment_begin(options);
    for (; report->runs < burst.run_count && is_written; report->runs++) {
        char **command = burst.commands[burst.order[report->runs]];
        if (!run(options, command, nothing, captures, report)) break;
        is_written = write_record(records, report->runs, report);
    }
    environment_end();
    if (fclose(records) != 0) is_written = false;
    if (!is_written && report->cause == cause_none) {
        report->cause = cause_output_failed;
        report->output_errno = errno ? errno : EIO;
    }
    for (int index = 0; index < 2; index++) close(captures[index].sink_of_program);
    close(nothing);
    free_burst(&burst);
}
