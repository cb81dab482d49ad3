/* cache_stats.c -- `memogen cache stats`: each function, each store, all. */
#include "cache_commands.h"
#include "cache_entry.h"
#include "cache_table.h"
#include "cache_text.h"
#include "json.h"

#include <string.h>

/* A function, or a sum; NULL: it is one of all. */
typedef struct {
    const char *store;
    const memo_listed_function *function;
    uint64_t results, bytes, hits, oldest_ns, newest_ns;
} row;

typedef struct {
    row *rows;
    size_t count;
} all_rows;

static void add(row *to, const memo_listed_function *function)
{
    to->results += function->results;
    to->bytes += function->bytes;
    to->hits += function->hits;
    if (function->newest_ns > to->newest_ns)
        to->newest_ns = function->newest_ns;
    if (function->oldest_ns > 0 &&
        (to->oldest_ns == 0 || function->oldest_ns < to->oldest_ns))
        to->oldest_ns = function->oldest_ns;
}

/* Functions, then a sum for each store, then one of all. */
static all_rows add_up(gen_cache_run *run, const memo_listing *listing)
{
    all_rows all = {
        .rows = GEN_NEW_ARRAY(run->arena, row,
                              listing->function_count + run->count + 1)};
    row *total;

    for (size_t i = 0; i < listing->function_count; i++) {
        const memo_listed_function *function = listing->functions[i];

        all.rows[all.count] =
            (row){.store = function->store->name, .function = function};
        add(&all.rows[all.count++], function);
    }
    total = &all.rows[all.count + run->count];
    for (size_t i = 0; i < run->count; i++) {
        row *sum = &all.rows[all.count++];

        sum->store = run->stores[i]->store->name;
        for (size_t k = 0; k < listing->function_count; k++) {
            if (listing->functions[k]->store == run->stores[i]->store)
                add(sum, listing->functions[k]);
        }
    }
    for (size_t k = 0; k < listing->function_count; k++)
        add(total, listing->functions[k]);
    all.count++;
    return all;
}

/* ---- text ---------------------------------------------------------------- */

static const gen_table_column columns[] = {
    {"store", false, 0},   {"function", false, 28}, {"place", false, 28},
    {"version", false, 0}, {"entries", true, 0},    {"size", true, 0},
    {"hits", true, 0},     {"oldest", true, 0},     {"newest", true, 0}};

static const char *number(gen_arena *arena, uint64_t value)
{
    return gen_arena_format(arena, "%llu", (unsigned long long)value);
}

static void add_row(gen_table *table, const gen_cache_run *run, const row *of)
{
    gen_arena *arena = run->arena;
    const memo_listed_function *function = of->function;

    gen_table_add(table, of->store ? of->store : "all");
    gen_table_add(table,
                  function ? gen_cache_safe(arena, function->function) : "");
    gen_table_add(table, function ? gen_cache_place(arena, function) : "");
    gen_table_add(table, function ? gen_cache_safe(arena, gen_arena_format(
                                                              arena, "%.8s",
                                                              function->source))
                                  : "");
    gen_table_add(table, number(arena, of->results));
    gen_table_add(table, gen_cache_size_text(arena, of->bytes));
    gen_table_add(table, number(arena, of->hits));
    gen_table_add(table, gen_cache_age_text(arena, of->oldest_ns, run->now_ns));
    gen_table_add(table, gen_cache_age_text(arena, of->newest_ns, run->now_ns));
}

static void append_table(gen_cache_run *run, const all_rows *all)
{
    gen_table table;

    gen_table_begin(&table, run->arena, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all->count; i++)
        add_row(&table, run, &all->rows[i]);
    gen_table_append(&run->out, &table, 0);
}

/* ---- JSON ---------------------------------------------------------------- */

static void append_row(gen_text *out, const row *of)
{
    const memo_listed_function *function = of->function;

    gen_text_append_string(out, "\"store\": ");
    gen_json_append_string(out, of->store);
    gen_text_append_string(out, ", \"function\": ");
    gen_json_append_string(out, function ? function->function : NULL);
    gen_text_append_string(out, ", \"file\": ");
    gen_json_append_string(out, function ? function->file : NULL);
    gen_text_append_string(out, ", \"line\": ");
    if (function)
        gen_text_append_format(out, "%u", (unsigned)function->line);
    else
        gen_text_append_string(out, "null");
    gen_text_append_string(out, ", \"source\": ");
    gen_json_append_string(out, function ? function->source : NULL);
    gen_text_append_format(
        out, ", \"entries\": %llu, \"bytes\": %llu, \"hits\": %llu",
        (unsigned long long)of->results, (unsigned long long)of->bytes,
        (unsigned long long)of->hits);
    gen_text_append_string(out, ", \"oldest\": ");
    gen_cache_append_json_time(out, of->oldest_ns);
    gen_text_append_string(out, ", \"newest\": ");
    gen_cache_append_json_time(out, of->newest_ns);
}

static void append_json(gen_text *out, const all_rows *all)
{
    for (size_t i = 0; i < all->count; i++) {
        gen_text_append_string(out, i == 0 ? "[\n  {" : "},\n  {");
        append_row(out, &all->rows[i]);
    }
    gen_text_append_string(out, "}\n]\n");
}

int gen_cache_stats(gen_cache_run *run)
{
    const memo_listing_wants heads = {.function = NULL};
    memo_listing listing;
    all_rows all;

    if (gen_cache_is_missing(run) || run->count == 0) {
        if (run->options.as_json)
            gen_text_append_string(&run->out, "[]\n");
        return 0;
    }
    gen_cache_list(&listing, run, &heads);
    all = add_up(run, &listing);
    if (run->options.as_json)
        append_json(&run->out, &all);
    else
        append_table(run, &all);
    memo_listing_finish(&listing);
    return 0;
}
