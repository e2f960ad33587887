// Starts the program in a clean state: a session of its own, default signals, nothing on its standard input,
// no core file, and death on the launcher's death.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher.h"

static __attribute__((noreturn)) void give_up(int channel, const char *step) {
    struct not_started reason = {.number = errno};
    strncpy(reason.step, step, sizeof reason.step - 1);
    // Nothing can be done if even this fails: the parent then sees exit status 127 without a reason.
    ssize_t written = write(channel, &reason, sizeof reason);
    (void)written;
    _exit(127);
}

// Ignored signals survive an exec. The launcher ignores some, and glibc's posix_spawn, by which it was started itself,
// ignores the two that glibc keeps for its own threads; signal() would not touch those, hence the bare call.
void restore_signals(void) {
    // All zero is SIG_DFL with no flags and an empty mask, whatever the order of the kernel's fields.
    const char default_action[64] = {0};
    for (int number = 1; number <= 64; number++)
        syscall(SYS_rt_sigaction, number, default_action, NULL, (size_t)8);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static __attribute__((noreturn)) void become_program(
    const struct options *options, const struct capture captures[2], pid_t launcher, int channel
) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) give_up(channel, "prctl");
    // The launcher may have died before the line above took effect; then the signal would never come.
    if (getppid() != launcher) _exit(127);
    if (setsid() < 0) give_up(channel, "setsid");
    restore_signals();
    // A crash is reported by its signal; a core file could fill the disk. Lowering a limit cannot fail.
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0) give_up(channel, "open");
    if (dup2(nothing, STDIN_FILENO) < 0 || dup2(captures[0].sink_of_program, STDOUT_FILENO) < 0
        || dup2(captures[1].sink_of_program, STDERR_FILENO) < 0)
        give_up(channel, "dup2");
    execv(options->command[0], options->command);
    give_up(channel, "exec");
}

pid_t start_program(const struct options *options, struct capture captures[2], struct not_started *reason) {
    // Closed by a successful exec: reading its end means that the program runs.
    int channel[2];
    if (pipe2(channel, O_CLOEXEC) != 0) {
        *reason = (struct not_started){.number = errno, .step = "pipe"};
        return -1;
    }
    pid_t launcher = getpid();
    pid_t program = fork();
    if (program < 0) *reason = (struct not_started){.number = errno, .step = "fork"};
    if (program == 0) become_program(options, captures, launcher, channel[1]);
    close(channel[1]);
    for (int index = 0; index < 2; index++) close(captures[index].sink_of_program);
    if (program > 0) {
        ssize_t count;
        do count = read(channel[0], reason, sizeof *reason);
        while (count < 0 && errno == EINTR);
        if (count == sizeof *reason) {
            waitpid(program, NULL, 0);
            program = -1;
        }
    }
    close(channel[0]);
    return program;
}
