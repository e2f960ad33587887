// Finds and kills what the program left behind. The launcher is a subreaper: every descendant, however it detached
// itself, hangs below the launcher in the tree of parents. /proc is walked, since /proc/PID/task/TID/children is an
// option of the kernel.
//
// One walk is a snapshot, and a process that forks and ends fast enough is in none: its child is read before it is
// born, its parent after it is gone. So a walk finds what to kill, and never that nothing is left. That is known from
// wait: an orphan is handed to the launcher in the same step in which its parent ends, so as long as any descendant is
// alive, the launcher has a child.

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

struct process {
    pid_t identifier;
    pid_t parent;
    bool is_ended;
    bool is_ours;
};

struct snapshot {
    struct process *processes;
    size_t count;
    size_t capacity;
};

// Reads `identifier (name) state parent …`; the name may hold spaces and brackets. False when the process is gone.
static bool read_process(const char *identifier, struct process *process) {
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%.20s/stat", identifier);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    ssize_t count = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    if (count <= 0) return false;
    text[count] = '\0';
    const char *name_end = strrchr(text, ')');
    char state;
    int parent;
    if (name_end == NULL || sscanf(name_end + 1, " %c %d", &state, &parent) != 2) return false;
    *process = (struct process){(pid_t)atoi(identifier), parent, state == 'Z' || state == 'X', false};
    return true;
}

static void read_all(struct snapshot *snapshot) {
    snapshot->count = 0;
    DIR *folder = opendir("/proc");
    if (folder == NULL) refuse(EX_SYSTEM, "/proc: %s", strerror(errno));
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        if (snapshot->count == snapshot->capacity) {
            snapshot->capacity = snapshot->capacity ? snapshot->capacity * 2 : 256;
            snapshot->processes = realloc(snapshot->processes, snapshot->capacity * sizeof(struct process));
            if (snapshot->processes == NULL) refuse(EX_SYSTEM, "out of memory");
        }
        if (read_process(entry->d_name, &snapshot->processes[snapshot->count])) snapshot->count++;
    }
    closedir(folder);
}

// Marks the launcher's descendants, generation by generation; at most as many rounds as the tree is deep.
static void mark_descendants(struct snapshot *snapshot) {
    pid_t launcher = getpid();
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t child = 0; child < snapshot->count; child++) {
            struct process *process = &snapshot->processes[child];
            if (process->is_ours) continue;
            bool found = process->parent == launcher;
            for (size_t index = 0; index < snapshot->count && !found; index++) {
                const struct process *parent = &snapshot->processes[index];
                found = parent->is_ours && parent->identifier == process->parent;
            }
            if (found) process->is_ours = changed = true;
        }
    }
}

// Returns how many descendants are alive, besides the program, which is -1 once it is reaped.
static int look(struct snapshot *snapshot, pid_t program) {
    read_all(snapshot);
    mark_descendants(snapshot);
    int alive = 0;
    for (size_t index = 0; index < snapshot->count; index++) {
        struct process *process = &snapshot->processes[index];
        if (process->identifier == program) process->is_ours = false;
        if (process->is_ours && !process->is_ended) alive++;
    }
    return alive;
}

// Reaps what has ended. Returns how many of them SIGKILL had ended; sets whether any child is left.
static int reap(bool *remains) {
    int killed = 0;
    for (;;) {
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended < 0 && errno == EINTR) continue;
        *remains = ended == 0;
        if (ended <= 0) return killed;
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) killed++;
    }
}

// Kills what is left until there is none, or patience runs out. Returns how many of them SIGKILL had ended.
static int kill_rest(struct sweep *sweep, struct snapshot *snapshot, int64_t patience_nanoseconds, int signals) {
    int64_t deadline = monotonic_nanoseconds() + patience_nanoseconds;
    int killed = 0;
    bool remains = true;
    while (remains) {
        int alive = look(snapshot, -1);
        for (size_t index = 0; index < snapshot->count; index++) {
            const struct process *process = &snapshot->processes[index];
            if (process->is_ours && !process->is_ended) kill(process->identifier, SIGKILL);
        }
        killed += reap(&remains);
        if (!remains) break;
        if (monotonic_nanoseconds() >= deadline) {
            sweep->survivors = alive > 0 ? alive : 1;
            break;
        }
        // Wakes on the next SIGCHLD; the bound is for descendants whose parent is not yet gone.
        struct pollfd watched = {.fd = signals, .events = POLLIN};
        poll(&watched, 1, 5);
        struct signalfd_siginfo information;
        while (read(signals, &information, sizeof information) == sizeof information) {}
    }
    return killed;
}

struct sweep sweep_descendants(pid_t program, int64_t patience_nanoseconds, int signals) {
    struct snapshot snapshot = {0};
    int alive = look(&snapshot, program);
    struct sweep sweep = {.found = alive};
    // What had ended before is not left behind, by whatever it ended.
    for (size_t index = 0; index < snapshot.count; index++) {
        const struct process *process = &snapshot.processes[index];
        if (process->is_ours && process->is_ended) waitpid(process->identifier, NULL, WNOHANG);
    }
    // The group first: the kernel signals it as a whole, and no fork of a member can slip through. Only then may the
    // program be reaped, since its identifier, which is also its group's, could pass to a stranger.
    kill(-program, SIGKILL);
    if (wait4(program, &sweep.status, 0, &sweep.usage) != program) refuse(EX_SYSTEM, "wait4: %s", strerror(errno));
    bool remains;
    int killed = reap(&remains);
    if (remains && sweep.found == 0) sweep.found = 1;
    if (remains) killed += kill_rest(&sweep, &snapshot, patience_nanoseconds, signals);
    if (killed > sweep.found) sweep.found = killed;
    free(snapshot.processes);
    return sweep;
}

struct sweep sweep_orphans(int64_t patience_nanoseconds, int signals) {
    struct sweep sweep = {0};
    bool remains;
    int killed = reap(&remains);
    if (remains) {
        struct snapshot snapshot = {0};
        sweep.found = 1;
        int alive = look(&snapshot, -1);
        if (alive > sweep.found) sweep.found = alive;
        killed += kill_rest(&sweep, &snapshot, patience_nanoseconds, signals);
        free(snapshot.processes);
    }
    if (killed > sweep.found) sweep.found = killed;
    return sweep;
}
