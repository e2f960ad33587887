/* A program to measure: a bakery. Customers (threads) each ask for a loaf, wait for one of two ovens, have it baked and leave
   with it; after a pause they come again. What is recorded is what a trace knows: requests, permits and writes.

       cc -std=c99 -O2 -I Sources/CTrace/include -o bakery Examples/c/bakery.c -pthread
       ./bakery --customers 4 --bake-ms 2 --warm-up 500ms --measure 2s --trace trace

   Exit status: 0 once the trace is closed, 1 if it cannot be written, 64 for a wrong command line. */
#define ASSAY_TRACE_IMPLEMENTATION
#include "assay_trace.h"

#include <semaphore.h>
#include <stdio.h>

enum { customers_maximum = 1000, ovens = 2 };

static struct {
    long customers, bake_milliseconds, warm_up_milliseconds, measure_milliseconds;
    const char *trace;
} options = {4, 2, 500, 2000, NULL};

static assay_trace *trace;
static sem_t free_ovens;
static int is_closing;

static void rest(long nanoseconds) {
    struct timespec length = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    while (nanosleep(&length, &length) != 0) {}
}

static void buy(assay_stream *stream, uint64_t request, uint32_t customer) {
    int64_t bake = options.bake_milliseconds * 1000000;
    assay_record(stream, ASSAY_REQUEST_START, request, customer, 0);
    rest(200000); /* the way to the counter */
    if (sem_trywait(&free_ovens) == 0) {
        assay_record(stream, ASSAY_REQUEST_NONBLOCK, request, customer, 0);
    } else {
        assay_record(stream, ASSAY_REQUEST_BLOCK, request, customer, 0);
        while (sem_wait(&free_ovens) != 0) {}
    }
    assay_record(stream, ASSAY_PERSIST_START, request, customer, bake);
    rest(bake);
    assay_record(stream, ASSAY_PERSIST_DONE, request, customer, 0);
    sem_post(&free_ovens);
    rest(200000); /* the way out */
    assay_record(stream, ASSAY_REQUEST_DONE, request, customer, 0);
}

static void *come_and_go(void *number) {
    uint32_t customer = (uint32_t)(uintptr_t)number;
    assay_stream *stream = assay_stream_open(trace);
    uint64_t visit;
    for (visit = 0; stream != NULL && !__atomic_load_n(&is_closing, __ATOMIC_ACQUIRE); visit++) {
        buy(stream, ((uint64_t)customer << 32) + visit + 1, customer);
        rest(1000000); /* eats */
    }
    assay_stream_close(stream);
    return NULL;
}

/* As in 1500ms or 10s: what Assay puts for {warm-up} and {measure}. Negative for anything else. */
static long milliseconds(const char *text) {
    char *unit;
    double number = strtod(text, &unit);
    if (unit == text || number < 0 || number > 1e6) return -1;
    if (strcmp(unit, "s") == 0) return (long)(number * 1000);
    return strcmp(unit, "ms") == 0 ? (long)number : -1;
}

static int read_options(int count, char **words) {
    int index;
    for (index = 1; index + 1 < count; index += 2) {
        const char *name = words[index], *value = words[index + 1];
        if (strcmp(name, "--customers") == 0) options.customers = atol(value);
        else if (strcmp(name, "--bake-ms") == 0) options.bake_milliseconds = atol(value);
        else if (strcmp(name, "--warm-up") == 0) options.warm_up_milliseconds = milliseconds(value);
        else if (strcmp(name, "--measure") == 0) options.measure_milliseconds = milliseconds(value);
        else if (strcmp(name, "--trace") == 0) options.trace = value;
        else return -1;
    }
    return index == count && options.trace != NULL && options.customers > 0 && options.customers <= customers_maximum
            && options.bake_milliseconds > 0 && options.warm_up_milliseconds >= 0 && options.measure_milliseconds > 0
        ? 0 : -1;
}

int main(int count, char **words) {
    pthread_t threads[customers_maximum];
    struct assay_trace_report report;
    assay_stream *stream;
    long customer, started = 0;
    if (read_options(count, words) != 0) {
        fputs("usage: bakery --customers N --bake-ms N --warm-up 500ms --measure 2s --trace FILE\n", stderr);
        return 64;
    }
    trace = assay_trace_open(options.trace, "{\"program\": \"bakery\"}", 0);
    if (trace == NULL) {
        perror(options.trace);
        return 1;
    }
    sem_init(&free_ovens, 0, ovens);
    for (customer = 0; customer < options.customers; customer++) {
        if (pthread_create(&threads[customer], NULL, come_and_go, (void *)(uintptr_t)customer) != 0) break;
        started++;
    }
    stream = assay_stream_open(trace);
    rest(options.warm_up_milliseconds * 1000000);
    assay_record(stream, ASSAY_MEASUREMENT_START, 0, 0, 0);
    rest(options.measure_milliseconds * 1000000);
    assay_record(stream, ASSAY_MEASUREMENT_END, 0, 0, 0);
    __atomic_store_n(&is_closing, 1, __ATOMIC_RELEASE);
    for (customer = 0; customer < started; customer++) pthread_join(threads[customer], NULL);
    if (assay_trace_close(trace, &report) != 0) {
        perror(options.trace);
        return 1;
    }
    printf("{\"eventsRecorded\": %llu, \"eventsDropped\": %llu}\n", (unsigned long long)report.events_recorded,
           (unsigned long long)report.events_dropped);
    return started == options.customers ? 0 : 1;
}
