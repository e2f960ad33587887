// The room that a trace has: a file, mapped as a whole, whose chunks are reserved on disk and filled with pages before
// anyone writes to them, and then claimed by threads one by one.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

// Creates and maps the file with its header page reserved and zero.
struct isim_start_result space_open(const char *path, uint64_t maximum_bytes);

// The mapped header; NULL when no space is open.
struct trace_header *space_header(void);

// Takes a chunk for the calling thread, prepared ahead if there is one, else prepared now. NULL when the disk or the
// maximum size refuses. `wake` is called when few prepared chunks are left.
struct trace_record *space_claim_chunk(void (*wake)(void));

// Prepares chunks until enough are ahead of those claimed, or the file refuses to grow.
void space_prepare_ahead(void);

// The errno with which the file last refused to grow; 0 if it never did.
int space_growth_error(void);

// Cuts the file after its last claimed chunk, unmaps and closes it. Nobody may use the space any more.
// Sets the file's size; returns an errno.
int space_close(uint64_t *file_bytes);

// Closes and removes a file that never became a trace.
void space_discard(void);
