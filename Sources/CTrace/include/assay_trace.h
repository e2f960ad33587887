/* assay_trace.h: writes the trace format of Assay, version 2, from a C or C++ program. One file, no dependencies.

   In exactly one file of the program, before any other #include:

       #define ASSAY_TRACE_IMPLEMENTATION
       #include "assay_trace.h"

   and in all others the #include alone. C99 or newer, or C++11 or newer, with GCC's or Clang's builtins, on Linux; link with
   -pthread where the C library asks for it.

       assay_trace *trace = assay_trace_open("trace", "{}", 0);
       assay_stream *stream = assay_stream_open(trace);        // one for each thread that records
       assay_record(stream, ASSAY_REQUEST_START, 7, 0, 0);
       assay_record(stream, ASSAY_REQUEST_DONE, 7, 0, 0);
       assay_stream_close(stream);
       struct assay_trace_report report;
       assay_trace_close(trace, &report);

   How it works: the file is mapped, a chunk of 64 KiB at a time for each stream, so that an event is in the file as soon as
   assay_record returns: it outlives the process, whatever kills that, though not the machine. Room for a chunk is reserved
   before it is used; where there is none, at the maximum size or on a full disk, events are dropped and counted, and the
   program goes on. A stream takes its own events without a lock; one lock is taken every 2046 events.

   What the kinds mean and what a trace must hold is in docs/trace-format.md; how to measure a program with it, in
   docs/other-programs.md. */
#ifndef ASSAY_TRACE_H
#define ASSAY_TRACE_H

/* Under -std=c99 the C library shows what is Linux's own only on demand, and takes no demand after its first header. */
#if defined(ASSAY_TRACE_IMPLEMENTATION) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The kinds of event. */
enum assay_kind {
    ASSAY_REQUEST_START = 1,
    ASSAY_REQUEST_NONBLOCK = 2,
    ASSAY_REQUEST_BLOCK = 3,
    /* The value is the delay that was drawn, in nanoseconds, where there is one. */
    ASSAY_PERSIST_START = 4,
    ASSAY_PERSIST_ASYNC_START = 5,
    ASSAY_PERSIST_DONE = 6,
    ASSAY_REQUEST_DONE = 7,
    /* The value is how late the request is now, in nanoseconds, from 0 up. */
    ASSAY_REQUEST_DUE = 8,
    /* Each at most once a trace, with request, client and value 0. */
    ASSAY_MEASUREMENT_START = 16,
    ASSAY_MEASUREMENT_END = 17
};

typedef struct assay_trace assay_trace;
typedef struct assay_stream assay_stream;

/* What became of a trace. */
struct assay_trace_report {
    /* Events in the file. */
    uint64_t events_recorded;
    /* Events that could not be stored. */
    uint64_t events_dropped;
    /* The size of the file. */
    uint64_t file_bytes;
    /* The errno for which the first event was dropped: EFBIG at the maximum size, ENOSPC on a full disk; 0 if none was. */
    int drop_error;
};

/* Creates the file, which must not exist, and begins to record.
   - description: the program's parameters as a JSON object, at most 4024 bytes; NULL for none.
   - maximum_bytes: what the file does not outgrow; 0 for 1 GiB.
   Returns NULL with errno set, and leaves no file then: EINVAL for a description that is too long or a maximum below one
   chunk, or what the system says. */
assay_trace *assay_trace_open(const char *path, const char *description, uint64_t maximum_bytes);

/* A stream for the calling thread. Returns NULL with errno set to ENOMEM. */
assay_stream *assay_stream_open(assay_trace *trace);

/* Records an event, now. One thread at a time may use a stream; another one calls assay_stream_adopt first. With NULL for
   the stream it does nothing. */
void assay_record(assay_stream *stream, enum assay_kind kind, uint64_t request, uint32_t client, int64_t value);

/* Says that the calling thread goes on with the stream. */
void assay_stream_adopt(assay_stream *stream);

/* Ends a stream; NULL is no stream. */
void assay_stream_close(assay_stream *stream);

/* Closes the trace with all of its streams, none of which may be in use any more. The report may be NULL.
   Returns 0, or -1 with errno set where the file could not be closed in order; its events can be read all the same. */
int assay_trace_close(assay_trace *trace, struct assay_trace_report *report);

#ifdef __cplusplus
}
#endif

#endif /* ASSAY_TRACE_H */

#ifdef ASSAY_TRACE_IMPLEMENTATION
#undef ASSAY_TRACE_IMPLEMENTATION

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the trace format is little-endian, and so must be the machine"
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_HEADER_BYTES 4096
#define ASSAY_CHUNK_BYTES 65536
#define ASSAY_RECORD_BYTES 32
#define ASSAY_RECORDS_PER_CHUNK (ASSAY_CHUNK_BYTES / ASSAY_RECORD_BYTES)
#define ASSAY_DESCRIPTION_OFFSET 72
#define ASSAY_CHECK 0xa5
#define ASSAY_KIND_THREAD 32
#define ASSAY_KIND_CHUNK 34

/* As in the file; natural alignment, no padding. */
struct assay_record_bytes {
    uint64_t time;
    uint64_t request;
    int64_t value;
    /* client, CPU, kind and check, stored last and at once: a record that its writer was killed in has zeros here. */
    uint64_t tail;
};

/* The first fields of the file; the description and zeros follow. */
struct assay_header_bytes {
    char magic[8];
    uint32_t version, header_bytes, record_bytes, chunk_bytes, clock, process;
    int64_t start;
    uint64_t chunks_claimed, events_dropped, events_recorded;
    uint32_t description_length;
    uint16_t zero;
    uint8_t state, check;
};

struct assay_stream {
    assay_trace *trace;
    assay_stream *next, *previous;
    struct assay_record_bytes *chunk; /* NULL before the first event, and where there is no room */
    uint32_t used;                    /* records in the chunk */
    uint64_t number, sequence;        /* the stream's number; how many chunks it has */
    uint64_t recorded;
    uint64_t thread;
};

struct assay_trace {
    int file;
    int drop_error;
    uint64_t chunks_maximum, streams_begun, recorded;
    struct assay_header_bytes *header;
    assay_stream *streams;
    pthread_mutex_t lock; /* of all of the above, and of the file's length */
};

static int64_t assay_nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The exclusive-or of all eight bytes. */
static uint8_t assay_fold(uint64_t bytes) {
    bytes ^= bytes >> 32;
    bytes ^= bytes >> 16;
    bytes ^= bytes >> 8;
    return (uint8_t)bytes;
}

static void assay_put(
    struct assay_record_bytes *record, uint64_t time, uint8_t kind, uint64_t request, uint32_t client, uint16_t cpu,
    int64_t value) {
    uint64_t tail = (uint64_t)client | (uint64_t)cpu << 32 | (uint64_t)kind << 48;
    uint8_t check = (uint8_t)(ASSAY_CHECK ^ assay_fold(time ^ request ^ (uint64_t)value ^ tail));
    record->time = time;
    record->request = request;
    record->value = value;
    __atomic_store_n(&record->tail, tail | (uint64_t)check << 56, __ATOMIC_RELEASE);
}

/* So that the bytes of the header come to ASSAY_CHECK; while the trace is recorded the counters count as zero. */
static void assay_seal(struct assay_header_bytes *header) {
    const unsigned char *bytes = (const unsigned char *)header;
    uint8_t sum = 0;
    int index;
    header->check = 0;
    for (index = 0; index < ASSAY_HEADER_BYTES; index++)
        if (header->state == 1 || index < 40 || index > 63) sum ^= bytes[index];
    header->check = (uint8_t)(ASSAY_CHECK ^ sum);
}

static void *assay_map(int file, uint64_t bytes, uint64_t offset) {
    void *memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, (off_t)offset);
    return memory == MAP_FAILED ? NULL : memory;
}

assay_trace *assay_trace_open(const char *path, const char *description, uint64_t maximum_bytes) {
    size_t length = description ? strlen(description) : 0;
    uint64_t maximum = maximum_bytes ? maximum_bytes : (uint64_t)1 << 30;
    assay_trace *trace;
    int failure;
    if (length > ASSAY_HEADER_BYTES - ASSAY_DESCRIPTION_OFFSET || maximum < ASSAY_HEADER_BYTES + ASSAY_CHUNK_BYTES) {
        errno = EINVAL;
        return NULL;
    }
    trace = (assay_trace *)calloc(1, sizeof *trace);
    if (trace == NULL) return NULL;
    trace->file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (trace->file < 0) {
        free(trace);
        return NULL;
    }
    trace->chunks_maximum = (maximum - ASSAY_HEADER_BYTES) / ASSAY_CHUNK_BYTES;
    failure = posix_fallocate(trace->file, 0, ASSAY_HEADER_BYTES);
    if (failure == 0) {
        trace->header = (struct assay_header_bytes *)assay_map(trace->file, ASSAY_HEADER_BYTES, 0);
        if (trace->header == NULL) failure = errno;
    }
    if (failure != 0) {
        close(trace->file);
        unlink(path);
        free(trace);
        errno = failure;
        return NULL;
    }
    pthread_mutex_init(&trace->lock, NULL);
    memcpy(trace->header->magic, "assaytrc", 8);
    trace->header->version = 2;
    trace->header->header_bytes = ASSAY_HEADER_BYTES;
    trace->header->record_bytes = ASSAY_RECORD_BYTES;
    trace->header->chunk_bytes = ASSAY_CHUNK_BYTES;
    trace->header->process = (uint32_t)getpid();
    trace->header->start = assay_nanoseconds(CLOCK_REALTIME);
    trace->header->description_length = (uint32_t)length;
    if (length > 0) memcpy((char *)trace->header + ASSAY_DESCRIPTION_OFFSET, description, length);
    assay_seal(trace->header);
    return trace;
}

assay_stream *assay_stream_open(assay_trace *trace) {
    assay_stream *stream = (assay_stream *)calloc(1, sizeof *stream);
    if (stream == NULL) return NULL;
    stream->trace = trace;
    stream->thread = (uint64_t)syscall(SYS_gettid);
    pthread_mutex_lock(&trace->lock);
    stream->number = trace->streams_begun++;
    stream->next = trace->streams;
    if (stream->next) stream->next->previous = stream;
    trace->streams = stream;
    pthread_mutex_unlock(&trace->lock);
    return stream;
}

/* Takes the next chunk of the file for the stream, mapped and ready for events. Returns 0, or an errno. */
static int assay_take_chunk(assay_stream *stream, uint64_t time) {
    assay_trace *trace = stream->trace;
    struct assay_record_bytes *chunk = NULL;
    uint64_t claimed, magic;
    int failure;
    if (stream->chunk != NULL) munmap(stream->chunk, ASSAY_CHUNK_BYTES);
    stream->chunk = NULL;
    pthread_mutex_lock(&trace->lock);
    claimed = trace->header->chunks_claimed;
    failure = claimed < trace->chunks_maximum ? 0 : EFBIG;
    if (failure == 0) {
        uint64_t offset = ASSAY_HEADER_BYTES + claimed * ASSAY_CHUNK_BYTES;
        failure = posix_fallocate(trace->file, (off_t)offset, ASSAY_CHUNK_BYTES);
        if (failure == 0) {
            chunk = (struct assay_record_bytes *)assay_map(trace->file, ASSAY_CHUNK_BYTES, offset);
            if (chunk == NULL) failure = errno;
        }
    }
    if (failure == 0) {
        memcpy(&magic, "asychunk", 8);
        assay_put(chunk, magic, ASSAY_KIND_CHUNK, stream->number, 0, 0, (int64_t)stream->sequence++);
        assay_put(chunk + 1, time, ASSAY_KIND_THREAD, 0, 0, 0, (int64_t)stream->thread);
        stream->chunk = chunk;
        stream->used = 2;
        __atomic_store_n(&trace->header->chunks_claimed, claimed + 1, __ATOMIC_RELEASE);
    } else if (trace->drop_error == 0) {
        trace->drop_error = failure;
    }
    pthread_mutex_unlock(&trace->lock);
    return failure;
}

/* The place of the next record; NULL where there is none, and then a drop has been counted. */
static struct assay_record_bytes *assay_next(assay_stream *stream, uint64_t time) {
    if (stream->chunk == NULL || stream->used == ASSAY_RECORDS_PER_CHUNK) {
        if (assay_take_chunk(stream, time) != 0) {
            __atomic_fetch_add(&stream->trace->header->events_dropped, 1, __ATOMIC_RELAXED);
            return NULL;
        }
    }
    return stream->chunk + stream->used++;
}

void assay_record(assay_stream *stream, enum assay_kind kind, uint64_t request, uint32_t client, int64_t value) {
    struct assay_record_bytes *record;
    uint64_t time;
    int cpu;
    if (stream == NULL) return;
    cpu = sched_getcpu();
    time = (uint64_t)assay_nanoseconds(CLOCK_MONOTONIC);
    record = assay_next(stream, time);
    if (record == NULL) return;
    assay_put(record, time, (uint8_t)kind, request, client, (uint16_t)(cpu > 0 ? cpu : 0), value);
    stream->recorded++;
}

void assay_stream_adopt(assay_stream *stream) {
    uint64_t thread = (uint64_t)syscall(SYS_gettid);
    if (stream == NULL || stream->thread == thread) return;
    stream->thread = thread;
    /* A chunk that is yet to be taken begins with the thread. */
    if (stream->chunk == NULL || stream->used == ASSAY_RECORDS_PER_CHUNK) return;
    assay_put(
        stream->chunk + stream->used++, (uint64_t)assay_nanoseconds(CLOCK_MONOTONIC), ASSAY_KIND_THREAD, 0, 0, 0,
        (int64_t)thread);
}

void assay_stream_close(assay_stream *stream) {
    assay_trace *trace;
    if (stream == NULL) return;
    trace = stream->trace;
    if (stream->chunk != NULL) munmap(stream->chunk, ASSAY_CHUNK_BYTES);
    pthread_mutex_lock(&trace->lock);
    trace->recorded += stream->recorded;
    if (stream->next) stream->next->previous = stream->previous;
    if (stream->previous) stream->previous->next = stream->next;
    if (trace->streams == stream) trace->streams = stream->next;
    pthread_mutex_unlock(&trace->lock);
    free(stream);
}

int assay_trace_close(assay_trace *trace, struct assay_trace_report *report) {
    int failure;
    uint64_t bytes;
    while (trace->streams) assay_stream_close(trace->streams);
    bytes = ASSAY_HEADER_BYTES + trace->header->chunks_claimed * ASSAY_CHUNK_BYTES;
    trace->header->events_recorded = trace->recorded;
    trace->header->state = 1;
    assay_seal(trace->header);
    if (report != NULL) {
        report->events_recorded = trace->recorded;
        report->events_dropped = trace->header->events_dropped;
        report->file_bytes = bytes;
        report->drop_error = trace->drop_error;
    }
    munmap(trace->header, ASSAY_HEADER_BYTES);
    /* Room that was reserved for a chunk which could not be mapped. */
    failure = ftruncate(trace->file, (off_t)bytes) == 0 ? 0 : errno;
    if (close(trace->file) != 0 && failure == 0) failure = errno;
    pthread_mutex_destroy(&trace->lock);
    free(trace);
    if (failure == 0) return 0;
    errno = failure;
    return -1;
}

#ifdef __cplusplus
}
#endif

#endif /* ASSAY_TRACE_IMPLEMENTATION */
