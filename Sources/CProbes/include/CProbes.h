// The C side of recording: the call that stores an event, the USDT probes, and the trace file's life.
// Swift programs use the module Recording, which stands on this; docs/trace-format.md describes the bytes.
#pragma once

#include <stdint.h>

// The format, version 2. A test compares these with TraceFormat in the module TraceModel.
enum {
    ISIM_TRACE_VERSION = 2,
    ISIM_HEADER_BYTES = 4096,
    ISIM_RECORD_BYTES = 32,
    ISIM_CHUNK_BYTES = 65536,
    ISIM_DESCRIPTION_BYTES_MAXIMUM = 4024,
    ISIM_CHECK = 0xA5,
    ISIM_KIND_THREAD = 32,
    ISIM_KIND_CALIBRATION = 33,
    ISIM_KIND_CHUNK = 34,
    ISIM_CLOCK_MONOTONIC = 0,
    ISIM_CLOCK_TICKS = 1,
    ISIM_CLOCK_VIRTUAL = 2,
    ISIM_STATE_RECORDING = 0,
    ISIM_STATE_CLOSED = 1,
};

/// Records an event of the calling thread, now, if a recorder of the machine's time runs; then fires the kind's USDT probe, if it has one.
/// No lock, no allocation and no system call, but for one event in 2 046, which takes the next chunk of the file, and
/// a thread's first. Any thread may call it at any time, also while the recorder starts or finishes; a signal handler
/// may not.
void isim_record(uint8_t kind, uint64_t request, uint32_t client, int64_t value);

/// Records an event at a time of its own, in nanoseconds since the run began, if a recorder of virtual time runs; then
/// fires the kind's USDT probe. The cost is that of isim_record without its clock. One thread at a time may call it, and
/// what a thread did before must be visible to the next, as it is to the tasks of one executor. Time never runs
/// backwards from call to call, nor beyond 2^63 − 1: either would be damage to the reader.
void isim_record_at(uint64_t time, uint8_t kind, uint64_t request, uint32_t client, int64_t value);

/// Fires the kind's USDT probe and records nothing. Kinds 1…8 have one; for other kinds nothing happens.
void isim_fire(uint8_t kind, uint64_t request, uint32_t client, int64_t value);

/// What a recorder was doing when it could not start.
enum isim_start_step {
    ISIM_START_DONE,
    ISIM_START_ALREADY_RECORDING,
    ISIM_START_BARRIER,
    ISIM_START_OPEN,
    ISIM_START_RESERVE,
    ISIM_START_MAP,
    ISIM_START_THREAD,
};

struct isim_start_result {
    enum isim_start_step step;
    /// The errno of that step; 0 when done.
    int error;
};

/// Creates the trace file, which must not exist, and begins to record into it. A process has one recorder at a time.
/// - description: UTF-8, at most ISIM_DESCRIPTION_BYTES_MAXIMUM bytes.
/// - maximum_bytes: the file never grows beyond this; at least a header and two chunks.
/// - clock: what the times are. ISIM_CLOCK_TICKS is the CPU's tick counter where it can be trusted, else
///   CLOCK_MONOTONIC. With ISIM_CLOCK_VIRTUAL only isim_record_at records, and the file's bytes are those of the events
///   and the description alone: no process, wall clock, thread or CPU is in them.
struct isim_start_result isim_recorder_start(
    const char *path, const void *description, uint32_t description_bytes, uint64_t maximum_bytes, uint32_t clock);

struct isim_finish_result {
    uint64_t events_recorded;
    uint64_t events_dropped;
    /// The closed file's size.
    uint64_t file_bytes;
    /// The errno with which the file last refused to grow, EFBIG at the maximum size; 0 if it never refused.
    int growth_error;
    /// The errno with which the file refused to be cut to size or closed; 0 if it did not.
    int closing_error;
};

/// Ends recording: when it returns, every call of isim_record or isim_record_at that began before has stored its event or has left it,
/// and the file is closed in order. All zero when no recorder runs.
struct isim_finish_result isim_recorder_finish(void);

/// Events that the running recorder could not store so far; 0 when none runs.
uint64_t isim_recorder_events_dropped(void);

/// The CPU's tick counter, read as isim_record reads it; CLOCK_MONOTONIC where the CPU has none.
uint64_t isim_clock_ticks(void);

/// CLOCK_MONOTONIC in nanoseconds, read as isim_record reads it where ticks cannot be trusted.
uint64_t isim_clock_monotonic_nanoseconds(void);
