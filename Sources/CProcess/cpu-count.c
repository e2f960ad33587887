#include "CProcess.h"

#include <sched.h>
#include <unistd.h>

int process_usable_cpu_count(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    /* It fails where there are more CPUs than the set has room for: then all that are online are counted. */
    long count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (int)count;
}
