// The header's one implementation for programs that are built with this package; others include it in a file of their own.
#define ASSAY_TRACE_IMPLEMENTATION
#include "assay_trace.h"
