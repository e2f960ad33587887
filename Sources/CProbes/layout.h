// The bytes of a trace as C sees them; docs/trace-format.md is their definition.
#pragma once

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "include/CProbes.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "a trace is little-endian and is written in place: this recorder needs a little-endian machine"
#endif

struct trace_header {
    char magic[8];
    uint32_t version;
    uint32_t header_bytes;
    uint32_t record_bytes;
    uint32_t chunk_bytes;
    uint32_t clock_kind;
    uint32_t process;
    int64_t start_wall_nanoseconds;
    _Atomic uint64_t chunks_claimed;
    _Atomic uint64_t events_dropped;
    uint64_t events_recorded;
    // description length (32 bits), zero (16), state (8), check (8)
    _Atomic uint64_t last_word;
    char description[ISIM_DESCRIPTION_BYTES_MAXIMUM];
};
_Static_assert(sizeof(struct trace_header) == ISIM_HEADER_BYTES, "the header fills its page");
_Static_assert(offsetof(struct trace_header, chunks_claimed) == 40, "documented offset");
_Static_assert(offsetof(struct trace_header, last_word) == 64, "documented offset");

struct trace_record {
    uint64_t time;
    uint64_t request;
    uint64_t value;
    // client (32 bits), CPU (16), kind (8), check (8)
    _Atomic uint64_t last_word;
};
_Static_assert(sizeof(struct trace_record) == ISIM_RECORD_BYTES, "a record is 32 bytes");

#define RECORDS_PER_CHUNK (ISIM_CHUNK_BYTES / ISIM_RECORD_BYTES)

// The exclusive-or of the eight bytes of a word.
static inline uint64_t fold(uint64_t word) {
    word ^= word >> 32;
    word ^= word >> 16;
    word ^= word >> 8;
    return word & 0xFF;
}

// The word with kind and check is stored last, with release order: whoever sees it sees the rest, and a record that
// was cut short by SIGKILL still has a zero there.
static inline void store_record(
    struct trace_record *record, uint64_t time, uint8_t kind, uint64_t request, uint32_t client, uint16_t cpu,
    int64_t value
) {
    uint64_t last = (uint64_t)client | (uint64_t)cpu << 32 | (uint64_t)kind << 48;
    uint64_t check = fold(time ^ request ^ (uint64_t)value ^ last) ^ ISIM_CHECK;
    record->time = time;
    record->request = request;
    record->value = (uint64_t)value;
    atomic_store_explicit(&record->last_word, last | check << 56, memory_order_release);
}
