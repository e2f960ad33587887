#include "CProcess.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>

static int64_t microseconds(struct timeval time) { return (int64_t)time.tv_sec * 1000000 + time.tv_usec; }

int64_t process_cpu_microseconds(void) {
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage); /* fails only for an address outside of the process */
    return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

int64_t process_peak_resident_bytes(void) {
    FILE *status = fopen("/proc/self/status", "re");
    if (status == NULL) return -1;
    char line[256];
    int64_t kibibytes = -1;
    while (kibibytes < 0 && fgets(line, sizeof line, status) != NULL) sscanf(line, "VmHWM: %" SCNd64, &kibibytes);
    fclose(status);
    return kibibytes < 0 ? -1 : kibibytes * 1024;
}
