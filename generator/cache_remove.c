/* cache_remove.c -- `memogen cache clear` and `prune`: results go. */
#include "cache_commands.h"
#include "cache_entry.h"
#include "cache_text.h"

#include <stdlib.h>
#include <string.h>

/* What a store is asked for at once. */
#define GROUP 64

/* A function as its store wants it.
 * Owner: the texts are the listing's, the rest is in the arena. */
static memo_stored *make_stored(gen_arena *arena,
                                const memo_listed_function *of)
{
    memo_stored *made = GEN_NEW(arena, memo_stored);
    size_t size = strlen(of->source);

    made->id = made->place = of->id;
    made->function = of->function;
    made->file = of->file;
    made->line = of->line;
    made->facts = of->facts;
    made->facts_size = of->facts_size;
    if (size < sizeof made->source)
        memcpy(made->source, of->source, size);
    return made;
}

/* ---- clear --------------------------------------------------------------- */

static bool clear_function(gen_cache_run *run,
                           const memo_listed_function *function)
{
    const memo_store_write write = {.operation = MEMO_STORE_CLEAR,
                                    .stored =
                                        make_stored(run->arena, function)};

    return gen_cache_write(run, gen_cache_store_of(run, function), &write, 1);
}

static bool clear_all(gen_cache_run *run, gen_cache_store *store)
{
    const memo_store_write write = {.operation = MEMO_STORE_CLEAR_ALL};

    return gen_cache_write(run, store, &write, 1);
}

int gen_cache_clear(gen_cache_run *run)
{
    uint64_t results = 0, functions = 0;
    memo_listing listing;
    bool is_done = true;

    if (gen_cache_is_missing(run) || run->count == 0)
        return 0;
    if (!gen_cache_list_function(&listing, run))
        return GEN_CACHE_USAGE;
    for (size_t i = 0; i < listing.function_count; i++) {
        results += listing.functions[i]->results;
        functions += listing.functions[i]->results > 0;
        if (run->options.operand)
            is_done = is_done && clear_function(run, listing.functions[i]);
    }
    for (size_t i = 0; i < run->count && !run->options.operand; i++)
        is_done = clear_all(run, run->stores[i]) && is_done;
    if (is_done && run->options.operand)
        gen_text_append_format(
            &run->out, "%s of %s gone.\n",
            gen_cache_count_text(run->arena, results, "entry", "entries"),
            gen_arena_format(run->arena, "%s() %s", run->options.operand,
                             results == 1 ? "is" : "are"));
    else if (is_done)
        gen_text_append_format(
            &run->out, "%s of %s %s gone.\n",
            gen_cache_count_text(run->arena, results, "entry", "entries"),
            gen_cache_count_text(run->arena, functions, "function",
                                 "functions"),
            results == 1 ? "is" : "are");
    gen_cache_tend(run);
    memo_listing_finish(&listing);
    return is_done ? 0 : GEN_CACHE_USAGE;
}

/* ---- prune --------------------------------------------------------------- */

/* Remove what was chosen of one store. */
static bool remove_from(gen_cache_run *run, gen_cache_store *store,
                        const memo_listing *listing, const bool *goes)
{
    memo_store_write writes[GROUP];
    const memo_listed_function *last = NULL;
    memo_stored *stored = NULL;
    size_t count = 0;
    bool is_done = true;

    for (size_t i = 0; i < listing->entry_count && is_done; i++) {
        const memo_listed_entry *entry = &listing->entries[i];

        if (!goes[i] || entry->function->store != store->store)
            continue;
        if (entry->function != last)
            stored = make_stored(run->arena, entry->function);
        last = entry->function;
        writes[count++] = (memo_store_write){.operation = MEMO_STORE_REMOVE,
                                             .stored = stored,
                                             .digest = entry->digest};
        if (count < GROUP)
            continue;
        is_done = gen_cache_write(run, store, writes, count);
        count = 0;
    }
    return is_done &&
           (count == 0 || gen_cache_write(run, store, writes, count));
}

static void append_pruned(gen_cache_run *run, const memo_pruned *pruned)
{
    gen_arena *arena = run->arena;

    gen_text_append_format(
        &run->out, "%s, %s, %s gone; %s, %s, %s.\n",
        gen_cache_count_text(arena, pruned->results, "entry", "entries"),
        gen_cache_size_text(arena, pruned->bytes),
        pruned->results == 1 ? "is" : "are",
        gen_cache_count_text(arena, pruned->kept_results, "entry", "entries"),
        gen_cache_size_text(arena, pruned->kept_bytes),
        pruned->kept_results == 1 ? "stays" : "stay");
}

int gen_cache_prune(gen_cache_run *run)
{
    const gen_cache_options *options = &run->options;
    const memo_listing_wants heads = {.function = NULL};
    memo_prune_bounds bounds = {.max_bytes = UINT64_MAX};
    memo_listing listing;
    memo_pruned pruned;
    bool is_done = true;

    if (gen_cache_is_missing(run) || run->count == 0)
        return 0;
    if (options->max_bytes > 0)
        bounds.max_bytes = options->max_bytes;
    if (options->older_than_ns > 0 && options->older_than_ns < run->now_ns)
        bounds.before_ns = run->now_ns - options->older_than_ns;
    gen_cache_list(&listing, run, &heads);
    if (!memo_prune_choose(&pruned, &listing, &bounds))
        exit(gen_cache_fail("out of memory"));
    for (size_t i = 0; i < run->count; i++)
        is_done =
            remove_from(run, run->stores[i], &listing, pruned.goes) && is_done;
    if (is_done)
        append_pruned(run, &pruned);
    gen_cache_tend(run);
    free(pruned.goes);
    memo_listing_finish(&listing);
    return is_done ? 0 : GEN_CACHE_USAGE;
}
