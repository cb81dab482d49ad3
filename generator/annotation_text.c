/* annotation_text.c -- the spellings of an annotation that memogen writes. */
#include "annotation.h"

#include "json.h"
#include "lex.h"
#include "text.h"

#include <inttypes.h>

/* Begin the next option. */
static void separate(gen_text *out)
{
    if (out->size > 0)
        gen_text_append_string(out, ", ");
}

/* The tokens with one blank between them: the white space and the comments of
 * an expression do not count. */
static void append_tokens(gen_text *out, gen_piece expression)
{
    gen_lexer lexer = gen_lexer_begin(expression.text, 0, expression.size);
    bool is_first = true;

    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return;
        gen_text_append_string(out, is_first ? "" : " ");
        gen_text_append(out, expression.text + token.offset, token.size);
        is_first = false;
    }
}

static void append_piece(gen_text *out, gen_piece piece)
{
    gen_text_append_string(out, piece.text);
}

typedef void append_expression(gen_text *, gen_piece);

static void append_list(gen_text *out, const char *name, gen_pieces list,
                        append_expression *append)
{
    if (list.count == 0)
        return;
    separate(out);
    gen_text_append_format(out, "%s(", name);
    for (size_t i = 0; i < list.count; i++) {
        gen_text_append_string(out, i > 0 ? ", " : "");
        append(out, list.items[i]);
    }
    gen_text_append_char(out, ')');
}

static void append_value(gen_text *out, const char *name, gen_piece value,
                         append_expression *append)
{
    if (value.text == NULL)
        return;
    separate(out);
    gen_text_append_format(out, "%s=", name);
    append(out, value);
}

/* A decoded text, in quotes again. */
static void append_text(gen_text *out, const char *name, gen_piece text)
{
    if (text.text == NULL)
        return;
    separate(out);
    gen_text_append_format(out, "%s=", name);
    gen_json_append_string(out, text.text);
}

static void append_flag(gen_text *out, const char *name, bool is_set)
{
    if (!is_set)
        return;
    separate(out);
    gen_text_append_string(out, name);
}

static void append_clause(gen_text *out, const gen_clause *clause,
                          append_expression *append)
{
    static const char *const names[] = {
        [GEN_CLAUSE_IN] = "in",       [GEN_CLAUSE_OUT] = "out",
        [GEN_CLAUSE_INOUT] = "inout", [GEN_CLAUSE_STRING] = "string",
        [GEN_CLAUSE_DEREF] = "deref", [GEN_CLAUSE_IGNORE] = "ignore",
        [GEN_CLAUSE_HASH] = "hash",
    };

    separate(out);
    gen_text_append_format(out, "%s(%s", names[clause->kind],
                           clause->parameter.text);
    for (size_t i = 0; i < clause->lengths.count; i++) {
        gen_text_append_char(out, '[');
        append(out, clause->lengths.items[i]);
        gen_text_append_char(out, ']');
    }
    if (clause->kind == GEN_CLAUSE_HASH)
        gen_text_append_format(out, ", %s", clause->function.text);
    gen_text_append_char(out, ')');
}

static void append_clauses(gen_text *out, const gen_annotation *from,
                           append_expression *append)
{
    for (size_t i = 0; i < from->clause_count; i++)
        append_clause(out, &from->clauses[i], append);
}

static void append_returns(gen_text *out, const gen_annotation *from,
                           append_expression *append)
{
    append_flag(out, "returns(static)", from->returns == GEN_RETURNS_STATIC);
    if (from->returns != GEN_RETURNS_ARRAY)
        return;
    separate(out);
    gen_text_append_string(out, "returns(result[");
    append(out, from->returns_length);
    gen_text_append_string(out, "])");
}

/* Move the text into the arena. */
static const char *keep(gen_arena *arena, gen_text *text)
{
    const char *kept = gen_arena_copy(arena, text->data, text->size);

    gen_text_finish(text);
    return kept;
}

const char *gen_annotation_salt(gen_arena *arena,
                                const gen_annotation *annotation)
{
    gen_text out = {0};

    append_flag(&out, "allow_widgets", annotation->allow_widgets);
    append_value(&out, "cache_if", annotation->cache_if, append_tokens);
    append_list(&out, "key", annotation->keys, append_tokens);
    append_list(&out, "depends", annotation->depends, append_tokens);
    append_text(&out, "version", annotation->version);
    append_clauses(&out, annotation, append_tokens);
    append_returns(&out, annotation, append_tokens);
    return keep(arena, &out);
}

/* Seconds where they are whole, milliseconds where those are. */
static void append_time(gen_text *out, uint64_t nanoseconds)
{
    const uint64_t second = 1000000000, millisecond = 1000000;

    separate(out);
    if (nanoseconds % second == 0)
        gen_text_append_format(out, "ttl=%" PRIu64, nanoseconds / second);
    else if (nanoseconds % millisecond == 0)
        gen_text_append_format(out, "ttl=%" PRIu64 "ms",
                               nanoseconds / millisecond);
    else
        gen_text_append_format(out, "ttl=%" PRIu64 ".%09" PRIu64,
                               nanoseconds / second, nanoseconds % second);
}

/* In the largest unit that it is a multiple of. */
static void append_bytes(gen_text *out, uint64_t bytes)
{
    static const struct {
        const char *name;
        uint64_t size;
    } units[] = {
        {"GiB", 1 << 30}, {"GB", 1000000000}, {"MiB", 1 << 20}, {"MB", 1000000},
        {"KiB", 1024},    {"KB", 1000},       {"", 1},
    };
    size_t i = 0;

    while (bytes % units[i].size != 0)
        i++;
    separate(out);
    gen_text_append_format(out, "max_bytes=%" PRIu64 "%s",
                           bytes / units[i].size, units[i].name);
}

static void append_limits(gen_text *out, const gen_annotation *from)
{
    static const char *const places[] = {
        [GEN_PERSIST_NONE] = "",
        [GEN_PERSIST_DISK] = "persist=\"disk\"",
        [GEN_PERSIST_DIR] = "persist=\"dir\"",
        [GEN_PERSIST_REDIS] = "persist=\"redis\""};

    if (from->ttl_ns != 0)
        append_time(out, from->ttl_ns);
    if (from->max_entries != 0) {
        separate(out);
        gen_text_append_format(out, "max_entries=%" PRIu64, from->max_entries);
    }
    if (from->max_bytes != 0)
        append_bytes(out, from->max_bytes);
    append_flag(out, places[from->persist], from->persist != GEN_PERSIST_NONE);
    append_flag(out, "persist_ttl", from->persist_ttl);
}

const char *gen_annotation_text(gen_arena *arena,
                                const gen_annotation *annotation)
{
    gen_text out = {0};

    append_limits(&out, annotation);
    append_flag(&out, "show_spinner=false",
                annotation->spinner == GEN_SPINNER_OFF);
    if (annotation->spinner == GEN_SPINNER_TEXT)
        append_text(&out, "show_spinner", annotation->spinner_text);
    append_flag(&out, "allow_widgets", annotation->allow_widgets);
    append_flag(&out, "suppress_st_warning", annotation->suppress_st_warning);
    append_value(&out, "validate", annotation->validate, append_piece);
    append_value(&out, "release", annotation->release, append_piece);
    append_value(&out, "cache_if", annotation->cache_if, append_piece);
    append_list(&out, "key", annotation->keys, append_piece);
    append_list(&out, "depends", annotation->depends, append_piece);
    append_text(&out, "version", annotation->version);
    append_flag(&out, "code=ignore", annotation->ignores_code);
    append_flag(&out, "impure_ok", annotation->impure_ok);
    append_list(&out, "impure_ok", annotation->impure_names, append_piece);
    append_clauses(&out, annotation, append_piece);
    append_returns(&out, annotation, append_piece);
    append_flag(&out, "borrow", annotation->borrow);
    append_value(&out, "free", annotation->free_function, append_piece);
    append_value(&out, "alloc", annotation->alloc_function, append_piece);
    return keep(arena, &out);
}
