// The buffers through which threads record, as the recorder's life sees them.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

struct buffer {
    // The next record to write and the end of the chunk; equal when there is no room. The owner's alone.
    struct trace_record *next;
    struct trace_record *end;
    // The session that the buffer belongs to, its number there, and the thread that its latest records are ascribed to.
    uint64_t session;
    uint64_t stream;
    uint32_t thread;
    uint64_t chunk_count;
    // Records that are no events: chunk headers, threads, calibrations.
    uint64_t technical_count;
    _Atomic int is_busy;
    // Links of the list of all buffers, which only grows, and of those that no thread owns. Under the registry lock.
    struct buffer *next_of_all;
    struct buffer *next_free;
};

#define INTERNAL __attribute__((visibility("hidden"))) extern

// The number of the running session in the machine's time, and of that in virtual time; 0 when none runs. At most one
// is not 0, so that neither kind of call can record into a trace of the other. Numbers are never used again.
INTERNAL _Atomic uint64_t active_session;
INTERNAL _Atomic uint64_t active_virtual_session;

// Whether the session's times are ticks. Written before the session becomes active.
INTERNAL bool uses_ticks;

// Once a process, before the first session.
INTERNAL void buffers_prepare(void);

// Before a session becomes active: its streams count from 0 again.
INTERNAL void buffers_begin(void);

// Opens the one stream of a session in virtual time, before it becomes active.
INTERNAL void buffers_open_virtual_stream(uint64_t session);

// Makes the buffer the session's next stream, without a chunk.
INTERNAL void buffer_open_stream(struct buffer *buffer, uint64_t session);

// Makes room for one more record by the given thread; false when the file refuses to grow.
INTERNAL bool buffer_make_room(struct buffer *buffer, uint32_t thread, uint64_t time);

// Writes a record that is no event where there is room.
INTERNAL void buffer_write_technical(
    struct buffer *buffer, uint64_t time, uint8_t kind, uint64_t request, int64_t value);

// After the session has ended and every thread has passed a barrier: waits until no thread is in the middle of an
// event, and counts the session's events.
INTERNAL uint64_t buffers_settle(uint64_t session);

// Tells the housekeeper that few prepared chunks are left.
INTERNAL void wake_housekeeper(void);
