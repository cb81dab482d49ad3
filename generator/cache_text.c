/* cache_text.c -- sizes, times and names as people read them. */
#include "cache_text.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECOND UINT64_C(1000000000)

const char *gen_cache_size_text(gen_arena *arena, uint64_t bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    double size = (double)bytes;
    size_t unit = 0;

    while (size >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        size /= 1000;
        unit++;
    }
    return gen_arena_format(arena, "%.*f %s", unit > 0 && size < 9.95, size,
                            units[unit]);
}

const char *gen_cache_span_text(gen_arena *arena, uint64_t ns)
{
    static const struct {
        const char *name;
        uint64_t seconds;
    } units[] = {{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}};
    uint64_t seconds = ns / SECOND, rest;

    for (size_t i = 0; i < 3; i++) {
        if (seconds < units[i].seconds)
            continue;
        rest = seconds % units[i].seconds / units[i + 1].seconds;
        if (rest == 0)
            return gen_arena_format(
                arena, "%llu%s",
                (unsigned long long)(seconds / units[i].seconds),
                units[i].name);
        return gen_arena_format(
            arena, "%llu%s%llu%s",
            (unsigned long long)(seconds / units[i].seconds), units[i].name,
            (unsigned long long)rest, units[i + 1].name);
    }
    return gen_arena_format(arena, "%llus", (unsigned long long)seconds);
}

const char *gen_cache_age_text(gen_arena *arena, uint64_t then_ns,
                               uint64_t now_ns)
{
    if (then_ns == 0)
        return "-";
    return then_ns > now_ns ? "now"
                            : gen_cache_span_text(arena, now_ns - then_ns);
}

const char *gen_cache_expiry_text(gen_arena *arena, uint64_t then_ns,
                                  uint64_t now_ns)
{
    if (then_ns == 0)
        return "never";
    return then_ns <= now_ns ? "expired"
                             : gen_cache_span_text(arena, then_ns - now_ns);
}

const char *gen_cache_time_text(gen_arena *arena, uint64_t ns)
{
    time_t seconds = (time_t)(ns / SECOND);
    struct tm parts;
    char text[40];

    if (!localtime_r(&seconds, &parts) ||
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts) == 0)
        return "?";
    return gen_arena_format(arena, "%s", text);
}

void gen_cache_append_json_time(gen_text *out, uint64_t ns)
{
    time_t seconds = (time_t)(ns / SECOND);
    struct tm parts;
    char text[40];

    if (ns == 0 || !gmtime_r(&seconds, &parts) ||
        strftime(text, sizeof text, "\"%Y-%m-%dT%H:%M:%SZ\"", &parts) == 0)
        gen_text_append_string(out, "null");
    else
        gen_text_append_string(out, text);
}

/* A character that only says what it looks like. */
static bool is_plain(const char *at, size_t size)
{
    unsigned char first = (unsigned char)at[0];

    if (size == 1)
        return first >= ' ' && first != 0x7f;
    return !(size == 2 && first == 0xc2 && (unsigned char)at[1] < 0xa0);
}

const char *gen_cache_safe(gen_arena *arena, const char *text)
{
    size_t size = strlen(text);
    char *safe = gen_arena_copy(arena, text, size);

    for (size_t at = 0; at < size;) {
        size_t bytes = gen_utf8_size(text + at, size - at);
        bool is_good = bytes > 0 && is_plain(text + at, bytes);

        bytes = bytes > 0 ? bytes : 1;
        if (!is_good)
            memset(safe + at, '?', bytes);
        at += bytes;
    }
    return safe;
}

const char *gen_cache_count_text(gen_arena *arena, uint64_t count,
                                 const char *one, const char *many)
{
    return gen_arena_format(arena, "%llu %s", (unsigned long long)count,
                            count == 1 ? one : many);
}
