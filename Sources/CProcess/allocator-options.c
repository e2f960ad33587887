/* jemalloc reads this symbol, if the program has it, before its first allocation (jemalloc(3), TUNING).
   Thread caches are off because the simulator counts its allocations: with them an allocation that a cache serves is
   added to the counters only when the cache is next filled or flushed, up to 200 allocations late for each thread and
   size; without them each count is exact at any moment. In a program without jemalloc nobody reads it. */
extern const char *malloc_conf;
const char *malloc_conf = "tcache:false";
