#include "clock.h"
#include "include/CProbes.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>

// The kernel takes "tsc" off this list when it has seen the counters of two CPUs disagree, whatever the CPU promises.
static bool kernel_trusts_tsc(void) {
    char list[256];
    int file = open("/sys/devices/system/clocksource/clocksource0/available_clocksource", O_RDONLY | O_CLOEXEC);
    if (file < 0) return true; // No list, no verdict: the CPU's promise stands.
    ssize_t count = read(file, list, sizeof list - 1);
    close(file);
    if (count <= 0) return true;
    list[count] = 0;
    return strstr(list, "tsc") != NULL;
}
#endif

bool clock_ticks_are_trusted(void) {
#if defined(__x86_64__)
    unsigned int a, b, c, d;
    if (!__get_cpuid(0x80000007, &a, &b, &c, &d)) return false;
    bool is_invariant = (d & (1u << 8)) != 0;
    return is_invariant && kernel_trusts_tsc();
#elif defined(__aarch64__)
    return true; // The architecture promises one system counter for all CPUs.
#else
    return false;
#endif
}

struct clock_calibration clock_calibrate(void) {
    struct clock_calibration best = {0, 0};
    uint64_t narrowest = UINT64_MAX;
    for (int attempt = 0; attempt < 8; attempt++) {
        uint64_t before = clock_ticks();
        uint64_t nanoseconds = clock_monotonic_nanoseconds();
        uint64_t after = clock_ticks();
        if (after < before || after - before >= narrowest) continue;
        narrowest = after - before;
        best.ticks = before + narrowest / 2;
        best.nanoseconds = nanoseconds;
    }
    return best;
}

uint64_t isim_clock_ticks(void) { return clock_ticks(); }

uint64_t isim_clock_monotonic_nanoseconds(void) { return clock_monotonic_nanoseconds(); }
