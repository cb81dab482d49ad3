/* cache_show.c -- `memogen cache show`: all of one result. */
#include "cache_commands.h"
#include "cache_entry.h"
#include "cache_text.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_DIGITS 4
#define MOST_DIGITS 32
#define MOST_CANDIDATES 10

/* ---- which one ----------------------------------------------------------- */

static bool is_name(const char *text)
{
    size_t size = strlen(text);

    return size >= LEAST_DIGITS && size <= MOST_DIGITS &&
           strspn(text, "0123456789abcdef") == size;
}

static int fail_ambiguous(gen_cache_run *run, const memo_listed_entry **found,
                          size_t count)
{
    size_t shown = count < MOST_CANDIDATES ? count : MOST_CANDIDATES;

    gen_cache_fail("%zu entries begin with '%s':", count, run->options.operand);
    for (size_t i = 0; i < shown; i++)
        fprintf(stderr, "  %s  %s(%s)\n",
                gen_cache_entry_name(run->arena, &found[i]->digest),
                gen_cache_safe(run->arena, found[i]->function->function),
                gen_cache_arguments(run->arena, found[i]));
    if (shown < count)
        fprintf(stderr, "  ... %zu more\n", count - shown);
    return GEN_CACHE_USAGE;
}

/* The entry that the operand names; NULL: none, or more, which was told. */
static const memo_listed_entry *
find_entry(gen_cache_run *run, const memo_listing *listing, const char *digits)
{
    const memo_listed_entry *found[MOST_CANDIDATES];
    size_t count = memo_listing_find(found, MOST_CANDIDATES, listing, digits);

    if (count == 1)
        return found[0];
    if (count > 1)
        fail_ambiguous(run, found, count);
    else
        gen_cache_fail("no entry begins with '%s'; memogen cache ls lists them",
                       run->options.operand);
    return NULL;
}

/* ---- what is in it ------------------------------------------------------- */

/* The parts of an entry whose bytes were kept; false: they cannot be read. */
static bool read_parts(memo_stored_entry *out, const memo_listed_entry *entry)
{
    return entry->bytes && !entry->problem &&
           !memo_stored_read(out, entry->bytes, (size_t)entry->size);
}

/* A text that was shown, or NULL.  Owner: arena. */
static char *take_shown(gen_arena *arena, memo_sink *shown)
{
    char *copied =
        shown->has_no_memory || !shown->bytes
            ? NULL
            : gen_arena_copy(arena, (char *)shown->bytes, shown->size);

    free(shown->bytes);
    return copied;
}

/* NULL: it cannot be read. */
static char *show_result(gen_arena *arena, memo_show_form form,
                         const memo_listed_entry *entry)
{
    memo_sink shown = memo_sink_growing(UINT64_MAX);
    memo_stored_entry parts;

    if (!read_parts(&parts, entry))
        return NULL;
    memo_show_result(&shown, form, entry->function->facts, parts.value,
                     (size_t)parts.head.value_size);
    memo_sink_put(&shown, "", 1);
    return take_shown(arena, &shown);
}

/* What was asked on the way from the inputs, the first first. */
static void append_answers(gen_cache_run *run, const memo_listed_entry *entry,
                           memo_show_form form,
                           void (*append)(gen_text *, const char *))
{
    memo_sink shown = memo_sink_growing(UINT64_MAX);

    if (!entry->is_entry || !entry->head.is_derived)
        return;
    if (entry->parent && memo_listed_root(entry))
        append_answers(run, entry->parent, form, append);
    memo_show_answers(&shown, form, entry->key, entry->head.key_size);
    append(&run->out, take_shown(run->arena, &shown));
}

/* ---- text ---------------------------------------------------------------- */

static void append_line(gen_text *out, const char *name, const char *text)
{
    gen_text_append_format(out, "%-10s %s\n", name, text);
}

static void append_answer_line(gen_text *out, const char *shown)
{
    const char *begin = shown ? strchr(shown, '[') : NULL;

    append_line(out, "asked", begin ? begin : "");
}

static void append_times(gen_cache_run *run, const memo_listed_entry *entry)
{
    gen_arena *arena = run->arena;
    const memo_stored_head *head = &entry->head;

    append_line(&run->out, "written",
                gen_arena_format(
                    arena, "%s, %s ago",
                    gen_cache_time_text(arena, head->written_ns),
                    gen_cache_age_text(arena, head->written_ns, run->now_ns)));
    append_line(
        &run->out, "expires",
        head->expires_ns == 0 ? "never"
        : head->expires_ns <= run->now_ns
            ? gen_arena_format(arena, "%s, it has expired",
                               gen_cache_time_text(arena, head->expires_ns))
            : gen_arena_format(
                  arena, "%s, in %s",
                  gen_cache_time_text(arena, head->expires_ns),
                  gen_cache_expiry_text(arena, head->expires_ns, run->now_ns)));
    append_line(
        &run->out, "size",
        gen_arena_format(arena, "%s: key %s, value %s, recording %s",
                         gen_cache_size_text(arena, entry->size),
                         gen_cache_size_text(arena, head->key_size),
                         gen_cache_size_text(arena, head->value_size),
                         gen_cache_size_text(arena, head->recording_size)));
}

static void append_text(gen_cache_run *run, const memo_listed_entry *entry)
{
    const memo_listed_function *function = entry->function;
    gen_arena *arena = run->arena;
    gen_text *out = &run->out;
    const char *result;

    append_line(out, "entry", gen_cache_entry_name(arena, &entry->digest));
    append_line(out, "function", gen_cache_safe(arena, function->function));
    append_line(out, "place", gen_cache_place(arena, function));
    append_line(out, "version", gen_cache_safe(arena, function->source));
    append_line(out, "store", function->store->name);
    if (entry->problem)
        append_line(out, "problem", entry->problem);
    if (!entry->is_entry) {
        append_line(out, "size", gen_cache_size_text(arena, entry->size));
        return;
    }
    append_times(run, entry);
    if (entry->problem)
        return;
    append_line(out, "arguments", gen_cache_arguments(arena, entry));
    append_answers(run, entry, MEMO_SHOW_TEXT, append_answer_line);
    result = show_result(arena, MEMO_SHOW_TEXT, entry);
    append_line(out, "result",
                !result             ? "<it cannot be read>"
                : result[0] == '\0' ? "none"
                                    : result);
}

/* ---- JSON ---------------------------------------------------------------- */

/* Append the members of an object as members of the one around it. */
static void append_members(gen_text *out, const char *object)
{
    size_t size = object ? strlen(object) : 0;

    if (size <= 2)
        return;
    gen_text_append_string(out, ", ");
    gen_text_append(out, object + 1, size - 2);
}

/* The elements of {"answers": [...]}, behind those that are there. */
static void append_answer_list(gen_text *out, const char *shown)
{
    const char *begin = shown ? strchr(shown, '[') : NULL;
    const char *end = begin ? strrchr(shown, ']') : NULL;

    if (!end || end == begin + 1)
        return;
    if (out->data[out->size - 1] != '[')
        gen_text_append_string(out, ", ");
    gen_text_append(out, begin + 1, (size_t)(end - begin - 1));
}

static void append_json(gen_cache_run *run, const memo_listed_entry *entry)
{
    gen_text *out = &run->out;

    gen_text_append_string(out, "[\n  {");
    gen_cache_append_json_entry(out, entry, run->now_ns);
    gen_text_append_format(
        out,
        ", \"key_size\": %llu, \"value_size\": %llu, \"recording_size\": %llu",
        (unsigned long long)entry->head.key_size,
        (unsigned long long)entry->head.value_size,
        (unsigned long long)entry->head.recording_size);
    gen_text_append_string(out, ", \"answers\": [");
    if (!entry->problem)
        append_answers(run, entry, MEMO_SHOW_JSON, append_answer_list);
    gen_text_append_string(out, "]");
    append_members(out, show_result(run->arena, MEMO_SHOW_JSON, entry));
    gen_text_append_string(out, "}\n]\n");
}

int gen_cache_show(gen_cache_run *run)
{
    char *digits = gen_arena_copy(run->arena, run->options.operand,
                                  strlen(run->options.operand));
    const memo_listing_wants wants = {.kept = digits,
                                      .judge = memo_verify_signed};
    const memo_listed_entry *entry;
    memo_listing listing;

    for (char *at = digits; *at != '\0'; at++)
        *at = *at >= 'A' && *at <= 'F' ? (char)(*at - 'A' + 'a') : *at;
    if (!is_name(digits))
        return gen_cache_fail("'%s' names no entry: that takes 4 to 32 "
                              "hexadecimal digits, as memogen cache ls shows "
                              "them",
                              run->options.operand);
    if (run->count == 0) {
        if (run->folder && !run->has_failed)
            gen_cache_fail("there is no cache at '%s'", run->folder);
        return GEN_CACHE_USAGE;
    }
    gen_cache_list(&listing, run, &wants);
    entry = find_entry(run, &listing, digits);
    if (entry && run->options.as_json)
        append_json(run, entry);
    else if (entry)
        append_text(run, entry);
    memo_listing_finish(&listing);
    return entry ? 0 : GEN_CACHE_USAGE;
}
