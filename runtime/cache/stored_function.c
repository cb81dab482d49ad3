/* stored_function.c -- a function as its store knows it. */
#include "cache/describe.h"
#include "cache/layout.h"
#include "cache/source_hash.h"
#include "cache/stored.h"
#include "cache/unknown_code.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Counts up when entries mean something else.  With bytes of another form it is
 * another function as well: old programs and new ones let each other's be. */
#define MEANING 1
#define FORM ((uint64_t)MEMO_STORED_VERSION << 32 | MEANING)

static memo_name name_of(memo_digest digest)
{
    return (memo_name){digest.low, digest.high};
}

/* Which function of which program it is, whatever its source: who rebuilds a
 * program takes its place over. */
static memo_name find_place(const struct memo_function *function)
{
    char text[PATH_MAX + 512];
    ssize_t size = readlink("/proc/self/exe", text, PATH_MAX);
    size_t used = size > 0 ? (size_t)size : 0;
    int more = snprintf(text + used, sizeof text - used, "%c%.200s%c%.200s",
                        '\n', function->file, '\n', function->name);

    return name_of(
        memo_hash_stable(text, used + (more > 0 ? (size_t)more : 0)));
}

/* False: out of memory. */
static bool fill(memo_stored *out, const struct memo_function *function)
{
    memo_digest parts[2];
    struct {
        memo_digest source, layout, unknown;
        memo_name place;
        uint64_t form;
    } version = {.form = FORM};
    char *facts;

    if (!memo_digest_source(&parts[0], function) ||
        !memo_digest_unknown_code(&version.unknown, function) ||
        !memo_layout_of_function(&parts[1], function))
        return false;
    out->place = find_place(function);
    version.source = parts[0];
    version.layout = parts[1];
    /* Its name alone does not make it the function that it was elsewhere. */
    if (function->flags & MEMO_CODE_IGNORED)
        version.place = out->place;
    out->id = name_of(memo_hash_stable(&version, sizeof version));
    snprintf(out->source, sizeof out->source, "%016llx%016llx",
             (unsigned long long)parts[0].high,
             (unsigned long long)parts[0].low);
    out->line = function->line;
    out->function = strdup(function->name);
    out->file = strdup(function->file);
    facts = memo_describe(function);
    out->facts = facts;
    out->facts_size = facts ? strlen(facts) : 0;
    return out->function && out->file && facts;
}

static void destroy(memo_stored *stored)
{
    free((void *)(uintptr_t)stored->function);
    free((void *)(uintptr_t)stored->file);
    free((void *)(uintptr_t)stored->facts);
    free(stored);
}

static memo_stored *make(const struct memo_function *function)
{
    memo_stored *made = calloc(1, sizeof *made);

    if (made && !fill(made, function)) {
        destroy(made);
        return NULL;
    }
    return made;
}

/* The cache may be unloaded by another thread, what it points at is not. */
static memo_stored *known(const struct memo_function *function,
                          memo_thread *self)
{
    bool entered = memo_section_enter(self);
    memo_cache *cache = memo_cache_of(function);
    memo_stored *found = cache ? atomic_load(&cache->stored) : NULL;

    if (entered)
        memo_section_leave(self);
    return found;
}

/* The first of several threads wins. */
static memo_stored *offer(memo_stored *made,
                          const struct memo_function *function,
                          memo_thread *self)
{
    bool entered = memo_section_enter(self);
    memo_cache *cache = memo_cache_of(function);
    memo_stored *winner = NULL;

    if (cache && atomic_compare_exchange_strong(&cache->stored, &winner, made))
        winner = made;
    if (entered)
        memo_section_leave(self);
    if (winner != made)
        destroy(made);
    return winner;
}

static memo_stored *make_known(const struct memo_function *function,
                               memo_thread *self)
{
    memo_backend *backend = memo_backend_of(function->persistence->find());
    memo_stored *made = backend ? make(function) : NULL;

    if (!made)
        return NULL;
    made->backend = backend;
    return offer(made, function, self);
}

memo_stored *memo_stored_of(memo_backend **backend,
                            const struct memo_function *function,
                            memo_thread *self)
{
    memo_stored *stored;

    if (!function->persistence || function->sharing)
        return NULL;
    stored = known(function, self);
    if (!stored)
        stored = make_known(function, self);
    if (stored)
        *backend = stored->backend;
    return stored;
}
