/* cache_text.h -- sizes, times and names as people read them.  Pure. */
#ifndef GEN_CACHE_TEXT_H
#define GEN_CACHE_TEXT_H

#include "arena.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "64 B", "1.5 KB", "23 MB": powers of 1000.  Owner: arena. */
const char *gen_cache_size_text(gen_arena *arena, uint64_t bytes);

/* "5s", "3m20s", "1d12h": the two largest units.  Owner: arena. */
const char *gen_cache_span_text(gen_arena *arena, uint64_t ns);

/* How long ago, or "-" (0) and "now" (later than now). */
const char *gen_cache_age_text(gen_arena *arena, uint64_t then_ns,
                               uint64_t now_ns);

/* How long until then, "never" (0) or "expired". */
const char *gen_cache_expiry_text(gen_arena *arena, uint64_t then_ns,
                                  uint64_t now_ns);

/* "2022-11-05 17:00:01", in local time.  Units: since 1970. */
const char *gen_cache_time_text(gen_arena *arena, uint64_t ns);

/* The same as a JSON string in UTC, "2022-11-05T17:00:01Z", or null (0). */
void gen_cache_append_json_time(gen_text *out, uint64_t ns);

/* A text without what a terminal would obey, or lines.  Owner: arena. */
const char *gen_cache_safe(gen_arena *arena, const char *text);

/* "N things", "1 thing".  Owner: arena. */
const char *gen_cache_count_text(gen_arena *arena, uint64_t count,
                                 const char *one, const char *many);

#endif
