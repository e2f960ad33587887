#include "CFloors.h"

#include <errno.h>
#include <sys/prctl.h>
#include <time.h>

static int64_t now_nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int sleep_until(int64_t deadline) {
    struct timespec time = {.tv_sec = deadline / 1000000000, .tv_nsec = deadline % 1000000000};
    int status;
    do {
        status = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
    } while (status == EINTR);
    return status;
}

int floor_sleep(
    int64_t start_nanoseconds, int64_t period_nanoseconds, const int64_t *phases, int64_t count, int64_t cycles,
    int64_t *overshoots) {
    if (prctl(PR_SET_TIMERSLACK, 1UL, 0, 0, 0) != 0) return errno;
    int64_t next = 0;
    while (next < count * cycles) {
        int64_t now = now_nanoseconds();
        while (next < count * cycles) {
            int64_t deadline = start_nanoseconds + next / count * period_nanoseconds + phases[next % count];
            if (deadline > now) {
                int status = sleep_until(deadline);
                if (status != 0) return status;
                break;
            }
            now = now_nanoseconds();
            overshoots[next++] = now - deadline;
        }
    }
    return 0;
}
