#include <time.h>

#include "CProcess.h"

int64_t process_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int process_condition_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t deadline_nanoseconds) {
    struct timespec deadline = {
        .tv_sec = deadline_nanoseconds / 1000000000,
        .tv_nsec = deadline_nanoseconds % 1000000000,
    };
    return pthread_cond_timedwait(condition, lock, &deadline);
}
