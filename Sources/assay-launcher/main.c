// assay-launcher: runs one program to its end and leaves nothing of it behind.
//
// Why it exists: swift-subprocess 1.0.2 starts programs by posix_spawn on Linux. It does not hand out the child's
// resource usage, cannot set a parent-death signal, and signals one process group at most. A measurement needs all
// three. A small launcher has two more merits: it is single-threaded, so a fork is cheap and safe, and its resident
// set is small, so the peak that a child carries over from before its exec does not count as the program's.
//
// Invariant: when the launcher is gone, so is every process that the program started, however it was started:
//   - the program leads a session and process group of its own, which is signalled as a whole;
//   - the launcher is a child subreaper, so descendants that left the group or lost their parent are found under it;
//   - standard input is a lifeline: a pipe or socket whose other end only the harness holds. It reaches its end when
//     the harness dies, by whatever cause, and the tree is ended;
//   - should the launcher itself be killed by SIGKILL, the kernel kills the program (PR_SET_PDEATHSIG).
//     This last case alone does not reach the program's own children; the harness, if it lives, looks for them.
//
// Road not taken: PID namespaces do all of this in the kernel, but need privileges that a harness should not ask for.
//
// usage: assay-launcher --time-limit-nanoseconds N --grace-nanoseconds N --output-limit-bytes N
//                       --output FILE --errors FILE
//                       [--environment FILE --environment-interval-nanoseconds N --environment-rows N
//                        --machine FOLDER] -- PROGRAM [ARGUMENT]...
//        assay-launcher burst … --commands FILE --records FILE (burst.c): many programs, one after the other
// The report is one line of JSON on standard output (report.c). Exit status: 0 once the report was written, whatever
// became of the program; 64 for a wrong command line; 71 when the system refused something, with a line on
// standard error.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "launcher.h"

void refuse(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("assay-launcher: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(status);
}

int64_t monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The signals that are read from a descriptor instead of interrupting: ends of children, and requests to stop.
static int open_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGQUIT};
    for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) sigaddset(&signals, numbers[index]);
    if (sigprocmask(SIG_SETMASK, &signals, NULL) != 0) refuse(EX_SYSTEM, "sigprocmask: %s", strerror(errno));
    // An ignored SIGCHLD, inherited from the harness, would have the kernel discard what wait4 should report.
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    int descriptor = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor < 0) refuse(EX_SYSTEM, "signalfd: %s", strerror(errno));
    return descriptor;
}

// Takes all pending signals. Returns whether one of them asks to stop.
static bool stop_is_requested(int descriptor) {
    struct signalfd_siginfo information;
    bool requested = false;
    while (read(descriptor, &information, sizeof information) == sizeof information) {
        if (information.ssi_signo != SIGCHLD) requested = true;
    }
    return requested;
}

// Reaps adopted descendants that have ended. Returns whether the program has; it stays unreaped, so that its
// process identifier, which is also its group's, cannot pass to a stranger before the group is swept.
static bool program_has_ended(pid_t program) {
    for (;;) {
        siginfo_t information = {0};
        if (waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) != 0 || information.si_pid == 0) return false;
        if (information.si_pid == program) return true;
        waitpid(information.si_pid, NULL, WNOHANG);
    }
}

// Whether the harness has closed its end of the lifeline. Bytes on it have no meaning.
static bool lifeline_is_cut(void) {
    char bytes[256];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
}

static int milliseconds_until(int64_t deadline) {
    int64_t left = deadline - monotonic_nanoseconds();
    if (left <= 0) return 0;
    // Rounded up, so as not to spin through the last millisecond; bounded, because a poll takes an int.
    int64_t milliseconds = left / 1000000 + 1;
    return milliseconds > 3600000 ? 3600000 : (int)milliseconds;
}

enum cause watch(const struct options *options, pid_t program, int64_t started, struct capture captures[2]) {
    enum { waiting, terminating, killing } phase = waiting;
    enum cause cause = cause_none;
    int64_t deadline = started + options->time_limit_nanoseconds;
    struct pollfd watched[] = {
        {.fd = options->signals, .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = captures[0].source, .events = POLLIN},
        {.fd = captures[1].source, .events = POLLIN},
    };
    for (;;) {
        if (program_has_ended(program)) return cause;
        int64_t due = environment_due();
        if (poll(watched, 4, milliseconds_until(due < deadline ? due : deadline)) < 0 && errno != EINTR)
            refuse(EX_SYSTEM, "poll: %s", strerror(errno));
        environment_sample_if_due();
        enum cause seen = cause_none;
        if (watched[0].revents && stop_is_requested(options->signals)) seen = cause_signal;
        if (watched[1].revents && lifeline_is_cut()) {
            seen = cause_lifeline;
            watched[1].fd = -1;
        }
        for (int index = 0; index < 2; index++) {
            if (watched[2 + index].revents) capture_some(&captures[index]);
            watched[2 + index].fd = captures[index].source;
            if (captures[index].failure) seen = cause_output_failed;
            if (captures[index].count > options->output_limit_bytes) seen = cause_output_limit;
        }
        bool late = monotonic_nanoseconds() >= deadline;
        if (phase == waiting && late && seen == cause_none) seen = cause_time_limit;
        if (phase == waiting && seen != cause_none) {
            // A program that ended on its own in this very moment was not ended by us.
            if (program_has_ended(program)) return cause;
            cause = seen;
            phase = terminating;
            deadline = monotonic_nanoseconds() + options->grace_nanoseconds;
            kill(-program, SIGTERM);
            kill(-program, SIGCONT);
        } else if (phase == terminating && late) {
            phase = killing;
            deadline = monotonic_nanoseconds() + PATIENCE_NANOSECONDS;
            kill(-program, SIGKILL);
        } else if (phase == killing && late) {
            refuse(EX_SYSTEM, "process %d is still there 10 s after SIGKILL", (int)program);
        }
    }
}

static void run_once(const struct options *options, struct report *report, struct capture captures[2]) {
    environment_begin(options);
    report->started = monotonic_nanoseconds();
    pid_t program = start_program(options, captures, &report->not_started);
    if (program <= 0) return;
    environment_watch(program);
    report->cause = watch(options, program, report->started, captures);
    report->ended = monotonic_nanoseconds();
    environment_end();
    struct sweep sweep = sweep_descendants(program, PATIENCE_NANOSECONDS, options->signals);
    report->left_behind = report->cause == cause_none ? sweep.found : 0;
    report->survivors = sweep.survivors;
    report->status = sweep.status;
    report->usage = sweep.usage;
}

int main(int count, char **arguments) {
    struct options options = read_options(count, arguments);
    // Nothing that the harness had open may reach the program; a kernel before 5.9 cannot promise that in one call.
    if (close_range(3, ~0U, 0) != 0)
        refuse(EX_SYSTEM, "close_range: %s (Linux 5.9 or newer is needed)", strerror(errno));
    if (access("/proc/self/stat", R_OK) != 0) refuse(EX_SYSTEM, "/proc is not mounted: descendants cannot be found");
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) refuse(EX_SYSTEM, "prctl: %s", strerror(errno));
    options.signals = open_signals();

    struct capture captures[2] = {
        capture_into(options.output, options.output_limit_bytes),
        capture_into(options.errors, options.output_limit_bytes),
    };
    struct report report = {.is_burst = options.commands != NULL};
    if (report.is_burst) {
        run_burst(&options, &report, captures);
    } else {
        run_once(&options, &report, captures);
    }
    for (int index = 0; index < 2; index++) {
        while (captures[index].source >= 0 && capture_some(&captures[index])) {}
        capture_finish(&captures[index]);
        if (captures[index].failure && report.cause == cause_none) report.cause = cause_output_failed;
        if (captures[index].count > options.output_limit_bytes && report.cause == cause_none)
            report.cause = cause_output_limit;
        if (captures[index].failure) report.output_errno = captures[index].failure;
    }
    report.environment_errno = environment_write();
    return write_report(&report, captures) ? 0 : EX_SYSTEM;
}
