#include "CFloors.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static int64_t now_nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int spawn_all(
    const char *path, char *const arguments[], int64_t runs, int64_t *durations,
    const posix_spawn_file_actions_t *actions) {
    char *const environment[] = {NULL};
    for (int64_t run = 0; run < runs; run++) {
        int64_t begun = now_nanoseconds();
        pid_t child;
        int failure = posix_spawn(&child, path, actions, NULL, arguments, environment);
        if (failure != 0) return failure;
        int status;
        struct rusage usage;
        pid_t ended;
        do {
            ended = wait4(child, &status, 0, &usage);
        } while (ended < 0 && errno == EINTR);
        if (ended < 0) return errno;
        durations[run] = now_nanoseconds() - begun;
        if (status != 0) return ECHILD;
    }
    return 0;
}

int floor_spawn(const char *path, char *const arguments[], int64_t runs, int64_t *durations) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) return failure;
    for (int descriptor = 0; descriptor < 3 && failure == 0; descriptor++)
        failure = posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
    if (failure == 0) failure = spawn_all(path, arguments, runs, durations, &actions);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}
