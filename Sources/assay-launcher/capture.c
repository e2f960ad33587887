// A stream of the program on its way into a file. It passes through the launcher, not straight into the file, so that
// its size can be bounded: RLIMIT_FSIZE would bound the trace as well.

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

struct capture capture_into(const char *path, int64_t limit) {
    struct capture capture = {.limit = limit, .source = -1, .sink_of_program = -1, .file = -1};
    if (path == NULL) {
        // Nobody wants it; the program still finds an output that takes all.
        capture.sink_of_program = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (capture.sink_of_program < 0) refuse(EX_SYSTEM, "/dev/null: %s", strerror(errno));
        return capture;
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) refuse(EX_SYSTEM, "pipe2: %s", strerror(errno));
    capture.source = ends[0];
    capture.sink_of_program = ends[1];
    // The program's end stays blocking, as programs expect of their output.
    if (fcntl(capture.source, F_SETFL, O_NONBLOCK) != 0) refuse(EX_SYSTEM, "fcntl: %s", strerror(errno));
    capture.file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (capture.file < 0) refuse(EX_SYSTEM, "%s: %s", path, strerror(errno));
    return capture;
}

static void keep(struct capture *capture, const char *bytes, size_t count) {
    while (count > 0 && capture->failure == 0) {
        ssize_t written = write(capture->file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            capture->failure = errno;
            return;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

bool capture_some(struct capture *capture) {
    static char bytes[65536];
    ssize_t count = read(capture->source, bytes, sizeof bytes);
    if (count < 0) return errno == EINTR;
    if (count == 0) {
        close(capture->source);
        capture->source = -1;
        return false;
    }
    // What lies beyond the limit is counted and dropped, so that the program can still end in order.
    int64_t room = capture->limit > capture->count ? capture->limit - capture->count : 0;
    keep(capture, bytes, (size_t)(count < room ? count : room));
    capture->count += count;
    return true;
}

void capture_restart(struct capture *capture) {
    if (capture->count == 0) return;
    capture->count = 0;
    if ((ftruncate(capture->file, 0) != 0 || lseek(capture->file, 0, SEEK_SET) < 0) && capture->failure == 0)
        capture->failure = errno;
}

void capture_finish(struct capture *capture) {
    if (capture->source >= 0) close(capture->source);
    capture->source = -1;
    if (capture->file < 0) return;
    // Some file systems tell of a full disk only now.
    if (close(capture->file) != 0 && capture->failure == 0) capture->failure = errno;
}
