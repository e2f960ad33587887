#include "CProcess.h"

#include <sys/resource.h>

static int64_t microseconds(struct timeval time) { return (int64_t)time.tv_sec * 1000000 + time.tv_usec; }

int64_t process_cpu_microseconds(void) {
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage); /* fails only for an address outside of the process */
    return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

int64_t process_peak_resident_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss * 1024;
}
