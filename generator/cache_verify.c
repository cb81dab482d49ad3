/* cache_verify.c -- `memogen cache verify`: is all as it should be? */
#include "cache_commands.h"
#include "cache_entry.h"
#include "cache_text.h"

typedef struct {
    uint64_t results, functions, findings;
    uint64_t expired, orphans, foreign;
} counts;

static void append_finding(gen_cache_run *run, counts *to,
                           const memo_listed_function *function,
                           const char *entry, const char *problem)
{
    gen_text_append_format(&run->out, "%s: %s (%s)%s%s: %s\n",
                           function->store->name,
                           gen_cache_safe(run->arena, function->function),
                           gen_cache_place(run->arena, function),
                           entry ? ": " : "", entry ? entry : "", problem);
    to->findings++;
}

static void verify_function(gen_cache_run *run, counts *to,
                            const memo_listed_function *function)
{
    const char *problem = memo_verify_function(function);

    to->functions++;
    to->foreign += memo_listed_is_foreign(function);
    if (problem)
        append_finding(run, to, function, NULL, problem);
}

static void verify_entry(gen_cache_run *run, counts *to,
                         const memo_listed_entry *entry)
{
    const char *problem = memo_verify_listed(entry, run->now_ns);

    to->results += memo_listed_is_result(entry);
    if (problem)
        append_finding(run, to, entry->function,
                       gen_cache_entry_name(run->arena, &entry->digest),
                       problem);
    else if (memo_stored_has_expired(&entry->head, run->now_ns))
        to->expired++;
    else if (!memo_listed_root(entry))
        to->orphans++;
}

/* What is there for a while, though nobody finds it, is as it should be. */
static void append_summary(gen_cache_run *run, const counts *from)
{
    gen_arena *arena = run->arena;

    gen_text_append_format(
        &run->out, "%s of %s",
        gen_cache_count_text(arena, from->results, "entry", "entries"),
        gen_cache_count_text(arena, from->functions, "function", "functions"));
    if (from->expired > 0)
        gen_text_append_format(&run->out, ", %llu expired",
                               (unsigned long long)from->expired);
    if (from->orphans > 0)
        gen_text_append_format(&run->out,
                               ", %llu that nothing leads to any more",
                               (unsigned long long)from->orphans);
    if (from->foreign > 0)
        gen_text_append_format(&run->out, ", %s of other machines",
                               gen_cache_count_text(arena, from->foreign,
                                                    "function", "functions"));
    if (from->findings > 0)
        gen_text_append_format(
            &run->out, ": %s.\n",
            gen_cache_count_text(arena, from->findings, "finding", "findings"));
    else
        gen_text_append_string(&run->out, ": all as it should be.\n");
}

int gen_cache_verify(gen_cache_run *run)
{
    const memo_listing_wants wants = {.judge = memo_verify_readable};
    memo_listing listing;
    counts found = {0};

    if (gen_cache_is_missing(run) || run->count == 0)
        return 0;
    gen_cache_list(&listing, run, &wants);
    for (size_t i = 0; i < listing.function_count; i++)
        verify_function(run, &found, listing.functions[i]);
    for (size_t i = 0; i < listing.entry_count; i++)
        verify_entry(run, &found, &listing.entries[i]);
    memo_listing_finish(&listing);
    /* What a store has dropped while it was opened, it has told. */
    for (size_t i = 0; i < run->count; i++)
        found.findings += run->stores[i]->warnings;
    append_summary(run, &found);
    return found.findings > 0 ? GEN_CACHE_FINDINGS : 0;
}
