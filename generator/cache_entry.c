/* cache_entry.c -- what several commands say of a function or an entry. */
#include "cache_entry.h"

#include "cache_text.h"
#include "diagnostic.h"
#include "json.h"

#include <stdlib.h>
#include <string.h>

/* Of a digest's digits, these are enough to tell entries apart. */
#define NAME_DIGITS 16

const char *gen_cache_entry_name(gen_arena *arena, const memo_name *digest)
{
    char text[MEMO_DIGEST_TEXT];

    memo_digest_text(text, digest);
    return gen_arena_copy(arena, text, NAME_DIGITS);
}

const char *gen_cache_place(gen_arena *arena,
                            const memo_listed_function *function)
{
    return gen_arena_format(arena, "%s:%u",
                            gen_cache_safe(arena, function->file),
                            (unsigned)function->line);
}

/* ---- arguments ----------------------------------------------------------- */

/* Show them; NULL: they are not known.
 * Owner: caller, free(). */
static char *show_arguments(const memo_listed_entry *entry, memo_show_form form)
{
    const memo_listed_entry *root = memo_listed_root(entry);
    memo_sink shown = memo_sink_growing(UINT64_MAX);

    if (!root || (!memo_show_arguments(&shown, form, root->function->facts,
                                       root->key, root->head.key_size) &&
                  shown.size <= 2)) {
        free(shown.bytes);
        return NULL;
    }
    memo_sink_put(&shown, "", 1);
    if (!shown.has_no_memory)
        return (char *)shown.bytes;
    free(shown.bytes);
    return NULL;
}

const char *gen_cache_arguments(gen_arena *arena,
                                const memo_listed_entry *entry)
{
    char *shown;
    const char *copied;

    if (entry->problem)
        return gen_arena_format(arena, "<%s>", entry->problem);
    if (!memo_listed_root(entry))
        return "<what leads to it is gone>";
    shown = show_arguments(entry, MEMO_SHOW_TEXT);
    if (!shown)
        return "<they cannot be read>";
    copied = gen_arena_copy(arena, shown, strlen(shown));
    free(shown);
    return copied;
}

/* ---- JSON ---------------------------------------------------------------- */

static void append_name(gen_text *out, const char *name)
{
    gen_text_append_format(out, ", \"%s\": ", name);
}

static void append_text(gen_text *out, const char *name, const char *text)
{
    append_name(out, name);
    gen_json_append_string(out, text);
}

static void append_arguments(gen_text *out, const memo_listed_entry *entry)
{
    char *shown = entry->problem ? NULL : show_arguments(entry, MEMO_SHOW_JSON);

    append_name(out, "arguments");
    gen_text_append_string(out, shown ? shown : "null");
    free(shown);
}

/* Seconds, or null. */
static void append_age(gen_text *out, const memo_listed_entry *entry,
                       uint64_t now_ns)
{
    uint64_t written = entry->head.written_ns;

    append_name(out, "age");
    if (!entry->is_entry)
        gen_text_append_string(out, "null");
    else
        gen_text_append_format(
            out, "%.3f",
            written < now_ns ? (double)(now_ns - written) / 1e9 : 0.0);
}

void gen_cache_append_json_entry(gen_text *out, const memo_listed_entry *entry,
                                 uint64_t now_ns)
{
    const memo_listed_function *function = entry->function;
    char digest[MEMO_DIGEST_TEXT];

    memo_digest_text(digest, &entry->digest);
    gen_text_append_string(out, "\"entry\": ");
    gen_json_append(out, digest, NAME_DIGITS);
    append_text(out, "function", function->function);
    append_text(out, "file", function->file);
    append_name(out, "line");
    gen_text_append_format(out, "%u", (unsigned)function->line);
    append_text(out, "source", function->source);
    append_text(out, "store", function->store->name);
    append_name(out, "written");
    gen_cache_append_json_time(out, entry->head.written_ns);
    append_age(out, entry, now_ns);
    append_name(out, "expires");
    gen_cache_append_json_time(out, entry->head.expires_ns);
    append_name(out, "size");
    gen_text_append_format(out, "%llu", (unsigned long long)entry->size);
    append_arguments(out, entry);
    append_text(out, "problem", entry->problem);
}

/* ---- functions by name --------------------------------------------------- */

static int fail_unknown(gen_cache_run *run)
{
    const memo_listing_wants all = {.function = NULL};
    const char *name = run->options.operand, *near;
    memo_listing listing;
    const char **names;
    int code;

    gen_cache_list(&listing, run, &all);
    names = GEN_NEW_ARRAY(run->arena, const char *, listing.function_count + 1);
    for (size_t i = 0; i < listing.function_count; i++)
        names[i] = listing.functions[i]->function;
    near = gen_nearest(name, names, listing.function_count);
    if (!run->options.is_named && gen_cache_nearest_command(name))
        code = gen_cache_fail("'%s' is no command of memogen cache, nor a "
                              "function that has results; did you mean '%s'?",
                              name, gen_cache_nearest_command(name));
    else if (near)
        code = gen_cache_fail("nothing is known of a function '%s'; did you "
                              "mean '%s'?",
                              name, gen_cache_safe(run->arena, near));
    else
        code = gen_cache_fail("nothing is known of a function '%s'", name);
    memo_listing_finish(&listing);
    return code;
}

bool gen_cache_list_function(memo_listing *out, gen_cache_run *run)
{
    const memo_listing_wants named = {.function = run->options.operand};

    gen_cache_list(out, run, &named);
    if (!run->options.operand || out->function_count > 0 || run->count == 0)
        return true;
    memo_listing_finish(out);
    fail_unknown(run);
    return false;
}
