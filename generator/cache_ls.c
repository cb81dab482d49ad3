/* cache_ls.c -- `memogen cache ls`: the results, one a line. */
#include "cache_commands.h"
#include "cache_entry.h"
#include "cache_table.h"
#include "cache_text.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const gen_table_column columns[] = {
    {"entry", false, 0},    {"function", false, 28}, {"place", false, 28},
    {"age", true, 0},       {"expires", true, 0},    {"size", true, 0},
    {"arguments", false, 0}};

/* How wide lines may be; 0: as they like. */
static size_t find_width(const gen_cache_run *run)
{
    const char *asked = getenv("COLUMNS");
    struct winsize size;

    if (run->options.is_long)
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return asked ? (size_t)strtoul(asked, NULL, 10) : 0;
}

static void add_row(gen_table *table, const gen_cache_run *run,
                    const memo_listed_entry *entry)
{
    gen_arena *arena = run->arena;
    const memo_listed_function *function = entry->function;

    gen_table_add(table, gen_cache_entry_name(arena, &entry->digest));
    gen_table_add(table, gen_cache_safe(arena, function->function));
    gen_table_add(table, gen_cache_place(arena, function));
    gen_table_add(
        table, gen_cache_age_text(arena, entry->head.written_ns, run->now_ns));
    gen_table_add(table, entry->is_entry
                             ? gen_cache_expiry_text(
                                   arena, entry->head.expires_ns, run->now_ns)
                             : "-");
    gen_table_add(table, gen_cache_size_text(arena, entry->size));
    gen_table_add(table, gen_cache_arguments(arena, entry));
}

static void append_table(gen_cache_run *run, const memo_listing *listing)
{
    gen_table table;
    size_t count = 0;

    gen_table_begin(&table, run->arena, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < listing->entry_count; i++) {
        if (!memo_listed_is_result(&listing->entries[i]))
            continue;
        add_row(&table, run, &listing->entries[i]);
        count++;
    }
    if (count > 0)
        gen_table_append(&run->out, &table, find_width(run));
    else
        gen_text_append_string(&run->out, "There are no entries.\n");
}

static void append_json(gen_cache_run *run, const memo_listing *listing)
{
    const char *separator = "[\n  {";

    for (size_t i = 0; i < listing->entry_count; i++) {
        if (!memo_listed_is_result(&listing->entries[i]))
            continue;
        gen_text_append_string(&run->out, separator);
        gen_cache_append_json_entry(&run->out, &listing->entries[i],
                                    run->now_ns);
        separator = "},\n  {";
    }
    gen_text_append_string(&run->out, separator[0] == '[' ? "[]\n" : "}\n]\n");
}

int gen_cache_ls(gen_cache_run *run)
{
    memo_listing listing;

    if (gen_cache_is_missing(run) && !run->options.as_json)
        return 0;
    if (!gen_cache_list_function(&listing, run))
        return GEN_CACHE_USAGE;
    if (run->options.as_json)
        append_json(run, &listing);
    else if (run->count > 0)
        append_table(run, &listing);
    memo_listing_finish(&listing);
    return 0;
}
