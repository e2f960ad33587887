// The life of a recording: start, keep house, finish. One at a time in a process; a session's number tells the buffers
// of an earlier one from those of this one.

#include "buffers.h"
#include "clock.h"
#include "include/CProbes.h"
#include "space.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALIBRATION_INTERVAL_NANOSECONDS 100000000u
#define FIRST_CALIBRATIONS_APART_NANOSECONDS 1000000u

static struct {
    pthread_mutex_t lock;
    uint64_t latest_session;
    bool is_open;
    enum membarrier_cmd barrier;
    pthread_t housekeeper;
    sem_t wake;
    _Atomic int must_stop;
    struct buffer calibrations;
} recorder = {.lock = PTHREAD_MUTEX_INITIALIZER};

static pthread_once_t prepared_once = PTHREAD_ONCE_INIT;

void wake_housekeeper(void) { sem_post(&recorder.wake); }

// Stores one calibration; false when there is no room for it.
static bool calibrate(void) {
    struct clock_calibration now = clock_calibrate();
    if (!buffer_make_room(&recorder.calibrations, (uint32_t)gettid(), now.ticks)) return false;
    buffer_write_technical(&recorder.calibrations, now.ticks, ISIM_KIND_CALIBRATION, 0, (int64_t)now.nanoseconds);
    return true;
}

// Prepares chunks ahead of the threads, and calibrates: soon after the start, so that a short life can be read, then
// ten times a second. A calibration that finds no room is left out; the reader then extrapolates.
static void *keep_house(void *unused) {
    (void)unused;
    uint64_t due = clock_monotonic_nanoseconds() + CALIBRATION_INTERVAL_NANOSECONDS / 10;
    while (!atomic_load_explicit(&recorder.must_stop, memory_order_acquire)) {
        space_prepare_ahead();
        struct timespec deadline = {(time_t)(due / 1000000000u), (long)(due % 1000000000u)};
        sem_clockwait(&recorder.wake, CLOCK_MONOTONIC, &deadline);
        while (sem_trywait(&recorder.wake) == 0) continue;
        if (clock_monotonic_nanoseconds() < due) continue;
        if (uses_ticks) calibrate();
        due = clock_monotonic_nanoseconds() + CALIBRATION_INTERVAL_NANOSECONDS;
    }
    return unused;
}

// The housekeeper takes no signals: they are the program's.
static int start_housekeeper(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    atomic_store(&recorder.must_stop, 0);
    sem_init(&recorder.wake, 0, 0);
    int error = pthread_create(&recorder.housekeeper, NULL, keep_house, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static void stop_housekeeper(void) {
    atomic_store_explicit(&recorder.must_stop, 1, memory_order_release);
    wake_housekeeper();
    pthread_join(recorder.housekeeper, NULL);
    sem_destroy(&recorder.wake);
}

// A forked child has the mapping but no housekeeper: it records nothing, and its parent's file is not its to close.
static void forget_session(void) {
    atomic_store(&active_session, 0);
    atomic_store(&active_virtual_session, 0);
    recorder.is_open = false;
}

static void prepare_once(void) {
    buffers_prepare();
    pthread_atfork(NULL, NULL, forget_session);
}

// Finds a way to have all running threads pass a memory barrier: the fast one, else the one that Linux has had since
// 4.3.
static bool find_barrier(void) {
    recorder.barrier = MEMBARRIER_CMD_PRIVATE_EXPEDITED;
    if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0) return true;
    recorder.barrier = MEMBARRIER_CMD_GLOBAL;
    return syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0) == 0;
}

static void fill_header(const void *description, uint32_t description_bytes, uint32_t clock) {
    struct trace_header *header = space_header();
    memcpy(header->magic, "assaytrc", 8);
    header->version = ISIM_TRACE_VERSION;
    header->header_bytes = ISIM_HEADER_BYTES;
    header->record_bytes = ISIM_RECORD_BYTES;
    header->chunk_bytes = ISIM_CHUNK_BYTES;
    header->clock_kind = clock;
    if (clock != ISIM_CLOCK_VIRTUAL) {
        struct timespec wall;
        clock_gettime(CLOCK_REALTIME, &wall);
        header->process = (uint32_t)getpid();
        header->start_wall_nanoseconds = (int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec;
    }
    if (description_bytes > 0) memcpy(header->description, description, description_bytes);
}

// Stores the header's last word, with the state and the check over the whole page. While recording, the three counters
// count as zero in the check, because they change.
static void seal_header(uint32_t description_bytes, uint64_t state) {
    struct trace_header *header = space_header();
    uint64_t last = (uint64_t)description_bytes | state << 48;
    const uint64_t *words = (const uint64_t *)header;
    uint64_t sum = last;
    for (size_t index = 0; index < ISIM_HEADER_BYTES / 8; index++) {
        bool is_counter = index >= 5 && index < 8;
        bool is_last_word = index == 8;
        if (is_last_word || (is_counter && state == ISIM_STATE_RECORDING)) continue;
        sum ^= words[index];
    }
    atomic_store_explicit(&header->last_word, last | (fold(sum) ^ ISIM_CHECK) << 56, memory_order_release);
}

// Two calibrations, far enough apart that their noise (some 20 ns) bends the clock by 20 millionths at most.
static bool calibrate_at_start(void) {
    if (!uses_ticks) return true;
    uint64_t first = clock_monotonic_nanoseconds();
    if (!calibrate()) return false;
    space_prepare_ahead();
    while (clock_monotonic_nanoseconds() < first + FIRST_CALIBRATIONS_APART_NANOSECONDS) sched_yield();
    return calibrate();
}

static struct isim_start_result start(
    const char *path, const void *description, uint32_t description_bytes, uint64_t maximum_bytes, uint32_t clock
) {
    if (recorder.is_open) return (struct isim_start_result){ISIM_START_ALREADY_RECORDING, EBUSY};
    if (!find_barrier()) return (struct isim_start_result){ISIM_START_BARRIER, errno};
    struct isim_start_result result = space_open(path, maximum_bytes);
    if (result.step != ISIM_START_DONE) return result;
    if (clock == ISIM_CLOCK_TICKS && !clock_ticks_are_trusted()) clock = ISIM_CLOCK_MONOTONIC;
    uses_ticks = clock == ISIM_CLOCK_TICKS;
    fill_header(description, description_bytes, clock);
    seal_header(description_bytes, ISIM_STATE_RECORDING);
    uint64_t session = ++recorder.latest_session;
    buffers_begin();
    if (uses_ticks) buffer_open_stream(&recorder.calibrations, session);
    if (clock == ISIM_CLOCK_VIRTUAL) buffers_open_virtual_stream(session);
    if (!calibrate_at_start()) {
        result = (struct isim_start_result){ISIM_START_RESERVE, space_growth_error()};
    } else if ((result.error = start_housekeeper()) != 0) {
        result.step = ISIM_START_THREAD;
    }
    if (result.step != ISIM_START_DONE) {
        space_discard();
        return result;
    }
    recorder.is_open = true;
    _Atomic uint64_t *active = clock == ISIM_CLOCK_VIRTUAL ? &active_virtual_session : &active_session;
    atomic_store_explicit(active, session, memory_order_release);
    return result;
}

struct isim_start_result isim_recorder_start(
    const char *path, const void *description, uint32_t description_bytes, uint64_t maximum_bytes, uint32_t clock
) {
    pthread_once(&prepared_once, prepare_once);
    pthread_mutex_lock(&recorder.lock);
    struct isim_start_result result = start(path, description, description_bytes, maximum_bytes, clock);
    pthread_mutex_unlock(&recorder.lock);
    return result;
}

struct isim_finish_result isim_recorder_finish(void) {
    struct isim_finish_result result = {0};
    pthread_mutex_lock(&recorder.lock);
    if (recorder.is_open) {
        atomic_store(&active_session, 0);
        atomic_store(&active_virtual_session, 0);
        syscall(SYS_membarrier, recorder.barrier, 0, 0);
        result.events_recorded = buffers_settle(recorder.latest_session);
        stop_housekeeper();
        if (uses_ticks) calibrate();
        struct trace_header *header = space_header();
        header->events_recorded = result.events_recorded;
        result.events_dropped = atomic_load(&header->events_dropped);
        result.growth_error = space_growth_error();
        seal_header((uint32_t)atomic_load(&header->last_word), ISIM_STATE_CLOSED);
        result.closing_error = space_close(&result.file_bytes);
        recorder.is_open = false;
    }
    pthread_mutex_unlock(&recorder.lock);
    return result;
}

uint64_t isim_recorder_events_dropped(void) {
    pthread_mutex_lock(&recorder.lock);
    uint64_t count = recorder.is_open ? atomic_load(&space_header()->events_dropped) : 0;
    pthread_mutex_unlock(&recorder.lock);
    return count;
}
