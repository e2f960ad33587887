// The report: one line of JSON, numbers and fixed words only, so nothing needs escaping.
// The harness reads it in LaunchReport.swift.

#include <stdio.h>
#include <sys/wait.h>

#include "launcher.h"

static const char *const cause_names[] = {
    [cause_none] = "none",
    [cause_time_limit] = "time-limit",
    [cause_output_limit] = "output-limit",
    [cause_output_failed] = "output-failed",
    [cause_lifeline] = "lifeline",
    [cause_signal] = "signal",
};

static long long nanoseconds(struct timeval time) {
    return (long long)time.tv_sec * 1000000000 + (long long)time.tv_usec * 1000;
}

bool write_report(const struct report *report, const struct capture captures[2]) {
    const char *end = "exited";
    int code = 0;
    if (report->not_started.number) {
        end = "not-started";
        code = report->not_started.number;
    } else if (WIFSIGNALED(report->status)) {
        end = "signaled";
        code = WTERMSIG(report->status);
    } else {
        code = WEXITSTATUS(report->status);
    }
    const struct rusage *usage = &report->usage;
    printf("{\"end\":\"%s\",\"code\":%d,\"step\":\"%s\",\"cause\":\"%s\",\"outputErrno\":%d,", end, code,
           report->not_started.step, cause_names[report->cause], report->output_errno);
    printf("\"environmentErrno\":%d,", report->environment_errno);
    printf("\"elapsedNanoseconds\":%lld,\"userNanoseconds\":%lld,\"systemNanoseconds\":%lld,",
           report->not_started.number ? 0LL : (long long)(report->ended - report->started),
           nanoseconds(usage->ru_utime), nanoseconds(usage->ru_stime));
    // The kernel counts the resident set in KiB.
    printf("\"peakResidentBytes\":%lld,\"voluntarySwitches\":%ld,\"involuntarySwitches\":%ld,",
           (long long)usage->ru_maxrss * 1024, usage->ru_nvcsw, usage->ru_nivcsw);
    printf("\"minorFaults\":%ld,\"majorFaults\":%ld,\"outputBytes\":%lld,\"errorBytes\":%lld,", usage->ru_minflt,
           usage->ru_majflt, (long long)captures[0].count, (long long)captures[1].count);
    if (report->is_burst) printf("\"runs\":%lld,", (long long)report->runs);
    printf("\"leftBehind\":%d,\"survivors\":%d}\n", report->left_behind, report->survivors);
    return fflush(stdout) == 0;
}
