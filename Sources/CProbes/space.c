// The whole maximum size is mapped at once, far beyond the end of the file: addresses are free, and so a chunk never
// moves and growing needs no new mapping. A page is touched only after posix_fallocate has reserved it, because a
// store into a shared mapping of a full disk is SIGBUS, not an error; and it is filled in ahead, because a page fault
// costs as much as a hundred events.
//
// Two counters carry it all: chunks below `prepared` may be written, chunks below the header's `chunks_claimed` belong
// to a thread. Claiming is a compare-and-swap; only growing takes a lock.
//
// The road not taken: huge pages (measured slower), and write() from a draining thread, which loses what it has not
// drained yet when the process is killed.

#include "space.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNKS_AHEAD 16
#define CHUNKS_LOW 8
#define RESERVED_AT_ONCE_BYTES (16 * ISIM_CHUNK_BYTES)

static struct {
    int file;
    char *base;
    const char *path;
    uint64_t maximum_bytes;
    // Bytes from the start of the file that posix_fallocate has granted.
    uint64_t reserved_bytes;
    _Atomic uint64_t prepared;
    // No more room when last tried: threads drop at once, and the housekeeper tries again.
    _Atomic int is_exhausted;
    _Atomic int growth_error;
    pthread_mutex_t growth;
} space = {.file = -1, .growth = PTHREAD_MUTEX_INITIALIZER};

static uint64_t chunk_offset(uint64_t index) { return ISIM_HEADER_BYTES + index * ISIM_CHUNK_BYTES; }

static struct trace_record *chunk_at(uint64_t index) {
    return (struct trace_record *)(space.base + chunk_offset(index));
}

// Reserves the file up to `end` at least, and further if there is room. Beyond RLIMIT_FSIZE the kernel would send
// SIGXFSZ, which kills, so that limit is looked at first.
static int reserve(uint64_t end) {
    if (end <= space.reserved_bytes) return 0;
    struct rlimit limit;
    uint64_t most = space.maximum_bytes;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < most) most = limit.rlim_cur;
    if (end > most) return EFBIG;
    uint64_t generous = space.reserved_bytes + RESERVED_AT_ONCE_BYTES;
    uint64_t attempts[] = {generous <= most ? generous : end, end};
    int error = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
        do {
            error = posix_fallocate(
                space.file, (off_t)space.reserved_bytes, (off_t)(attempts[attempt] - space.reserved_bytes));
        } while (error == EINTR);
        if (error == 0) {
            space.reserved_bytes = attempts[attempt];
            return 0;
        }
    }
    return error;
}

// Gives the pages of the range memory that is mapped writable, without changing them.
static int fill_pages(char *start, uint64_t bytes) {
#ifdef MADV_POPULATE_WRITE
    if (madvise(start, bytes, MADV_POPULATE_WRITE) == 0) return 0;
    if (errno != EINVAL) return errno;
#endif
    // Linux before 5.14: touch them. Nobody else uses them yet, and they are zero.
    for (uint64_t offset = 0; offset < bytes; offset += 4096) *(volatile char *)(start + offset) = 0;
    return 0;
}

// The growth lock is held.
static int prepare_next(void) {
    uint64_t index = atomic_load_explicit(&space.prepared, memory_order_relaxed);
    int error = reserve(chunk_offset(index + 1));
    if (error == 0) error = fill_pages((char *)chunk_at(index), ISIM_CHUNK_BYTES);
    if (error == 0) {
        atomic_store_explicit(&space.prepared, index + 1, memory_order_release);
    } else {
        atomic_store_explicit(&space.growth_error, error, memory_order_relaxed);
    }
    atomic_store_explicit(&space.is_exhausted, error != 0, memory_order_relaxed);
    return error;
}

// Makes sure that the chunk is prepared; false when there is no room.
static bool prepare_on_demand(uint64_t index) {
    if (atomic_load_explicit(&space.is_exhausted, memory_order_relaxed)) return false;
    pthread_mutex_lock(&space.growth);
    bool is_prepared = index < atomic_load_explicit(&space.prepared, memory_order_relaxed) || prepare_next() == 0;
    pthread_mutex_unlock(&space.growth);
    return is_prepared;
}

struct trace_record *space_claim_chunk(void (*wake)(void)) {
    _Atomic uint64_t *claimed = &space_header()->chunks_claimed;
    uint64_t index = atomic_load_explicit(claimed, memory_order_relaxed);
    while (true) {
        uint64_t prepared = atomic_load_explicit(&space.prepared, memory_order_acquire);
        if (index >= prepared) {
            if (!prepare_on_demand(index)) return NULL;
            index = atomic_load_explicit(claimed, memory_order_relaxed);
        } else if (atomic_compare_exchange_weak_explicit(
                       claimed, &index, index + 1, memory_order_relaxed, memory_order_relaxed)) {
            bool is_exhausted = atomic_load_explicit(&space.is_exhausted, memory_order_relaxed);
            if (prepared - index <= CHUNKS_LOW && !is_exhausted) wake();
            return chunk_at(index);
        }
    }
}

void space_prepare_ahead(void) {
    int error = 0;
    while (error == 0) {
        // One chunk for each holding of the lock, so that a thread in need waits for one chunk, not for all.
        pthread_mutex_lock(&space.growth);
        uint64_t claimed = atomic_load_explicit(&space_header()->chunks_claimed, memory_order_relaxed);
        uint64_t prepared = atomic_load_explicit(&space.prepared, memory_order_relaxed);
        bool is_enough = prepared >= claimed + CHUNKS_AHEAD;
        error = is_enough ? 0 : prepare_next();
        pthread_mutex_unlock(&space.growth);
        if (is_enough) return;
    }
}

struct trace_header *space_header(void) { return (struct trace_header *)space.base; }

int space_growth_error(void) { return atomic_load_explicit(&space.growth_error, memory_order_relaxed); }

struct isim_start_result space_open(const char *path, uint64_t maximum_bytes) {
    // A trace is raw data: an existing file is never written over.
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) return (struct isim_start_result){ISIM_START_OPEN, errno};
    space.file = file;
    space.path = path;
    // Whole chunks only.
    space.maximum_bytes = maximum_bytes - (maximum_bytes - ISIM_HEADER_BYTES) % ISIM_CHUNK_BYTES;
    space.reserved_bytes = 0;
    atomic_store(&space.prepared, 0);
    atomic_store(&space.is_exhausted, 0);
    atomic_store(&space.growth_error, 0);
    // The first two chunks: one for calibrations, one for the first thread.
    int error = reserve(chunk_offset(2));
    if (error != 0) {
        space_discard();
        return (struct isim_start_result){ISIM_START_RESERVE, error};
    }
    void *base = mmap(NULL, space.maximum_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
    if (base == MAP_FAILED) {
        error = errno;
        space_discard();
        return (struct isim_start_result){ISIM_START_MAP, error};
    }
    space.base = base;
    error = fill_pages(base, ISIM_HEADER_BYTES);
    if (error != 0) {
        space_discard();
        return (struct isim_start_result){ISIM_START_RESERVE, error};
    }
    return (struct isim_start_result){ISIM_START_DONE, 0};
}

int space_close(uint64_t *file_bytes) {
    *file_bytes = chunk_offset(atomic_load(&space_header()->chunks_claimed));
    munmap(space.base, space.maximum_bytes);
    int error = ftruncate(space.file, (off_t)*file_bytes) == 0 ? 0 : errno;
    if (close(space.file) != 0 && error == 0) error = errno;
    space.base = NULL;
    space.file = -1;
    return error;
}

void space_discard(void) {
    if (space.base != NULL) munmap(space.base, space.maximum_bytes);
    close(space.file);
    unlink(space.path);
    space.base = NULL;
    space.file = -1;
}
