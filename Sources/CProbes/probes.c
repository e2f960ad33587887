// The USDT probes of provider `isim`. All eight stand in one function that is never inlined, so that the binary
// carries exactly one note for each probe: a copy a call site would make tracers count some events and miss others.
// Underscores are doubled as USDT demands; tracers show request__start as request-start.
// A probe that nobody traces is one nop.

#include "include/CProbes.h"

// Arguments in registers: left to itself the compiler writes all of them to the stack before each nop.
#define STAP_SDT_ARG_CONSTRAINT nr
#include "vendored/sys/sdt.h"

__attribute__((noinline)) void isim_fire(uint8_t kind, uint64_t request, uint32_t client, int64_t value) {
    switch (kind) {
    case 1: DTRACE_PROBE3(isim, request__start, request, client, value); break;
    case 2: DTRACE_PROBE3(isim, request__nonblock, request, client, value); break;
    case 3: DTRACE_PROBE3(isim, request__block, request, client, value); break;
    case 4: DTRACE_PROBE3(isim, persist__start, request, client, value); break;
    case 5: DTRACE_PROBE3(isim, persist__async__start, request, client, value); break;
    case 6: DTRACE_PROBE3(isim, persist__done, request, client, value); break;
    case 7: DTRACE_PROBE3(isim, request__done, request, client, value); break;
    case 8: DTRACE_PROBE3(isim, request__due, request, client, value); break;
    default: break;
    }
}
