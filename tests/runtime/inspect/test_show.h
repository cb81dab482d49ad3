/* test_show.h -- what is shown of keys and values, and whether it is JSON. */
#ifndef MEMO_TESTS_SHOW_H
#define MEMO_TESTS_SHOW_H

#include "cache/describe.h"
#include "cache/key.h"
#include "cache/value.h"
#include "inspect/show.h"

#include <check.h>

#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

static const memo_budget show_budget UNUSED = {MEMO_BUDGET_PIECES,
                                               MEMO_BUDGET_BYTES};

/* ---- JSON ---------------------------------------------------------------- */

static UNUSED const char *skip_json_string(const char *at)
{
    if (*at++ != '"')
        return NULL;
    while (*at != '"') {
        if ((unsigned char)*at < ' ')
            return NULL;
        if (*at++ != '\\')
            continue;
        if (*at == 'u') {
            if (strspn(at + 1, "0123456789abcdefABCDEF") < 4)
                return NULL;
            at += 5;
        } else if (*at == '\0' || !strchr("\"\\/bfnrt", *at++)) {
            return NULL;
        }
    }
    return at + 1;
}

static UNUSED const char *skip_json_digits(const char *at)
{
    size_t count = strspn(at, "0123456789");

    return count > 0 ? at + count : NULL;
}

static UNUSED const char *skip_json_number(const char *at)
{
    at += *at == '-';
    if (*at == '0' && at[1] >= '0' && at[1] <= '9')
        return NULL;
    at = skip_json_digits(at);
    if (at && *at == '.')
        at = skip_json_digits(at + 1);
    if (at && (*at == 'e' || *at == 'E'))
        at = skip_json_digits(at + 1 + strspn(at + 1, "+-"));
    return at;
}

/* NULL: it is no JSON. */
static UNUSED const char *skip_json(const char *at)
{
    static const char *const words[] = {"true", "false", "null"};
    char close = *at == '{' ? '}' : ']';

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    }
    if (*at == '"')
        return skip_json_string(at);
    if (*at != '{' && *at != '[')
        return skip_json_number(at);
    if (at[1] == close)
        return at + 2;
    do {
        at += strspn(at + 1, " ") + 1;
        if (close == '}') {
            at = skip_json_string(at);
            if (!at || strncmp(at, ": ", 2) != 0)
                return NULL;
            at += 2;
        }
        at = skip_json(at);
    } while (at && *at == ',');
    return at && *at == close ? at + 1 : NULL;
}

/* Does every character have the bytes that its first one says? */
static UNUSED bool is_utf_8(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        size_t more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;

        if (byte >= 0x80 && byte < 0xC2)
            return false;
        for (; more > 0; more--) {
            if (((unsigned char)*++text & 0xC0) != 0x80)
                return false;
        }
    }
    return true;
}

static UNUSED void check_json(const char *text)
{
    const char *end = skip_json(text);

    ck_assert_msg(end && *end == '\0' && is_utf_8(text), "no JSON: %s", text);
}

/* ---- showing ------------------------------------------------------------- */

typedef bool show_function(memo_sink *, memo_show_form, const char *,
                           const unsigned char *, size_t);

typedef struct {
    char *text;
    bool is_whole;
} shown;

/* Show bytes, in a block of their size; JSON is checked. */
static UNUSED shown show_bytes(show_function *show, memo_show_form form,
                               const char *facts, const void *bytes,
                               size_t size)
{
    memo_sink sink = memo_sink_growing(UINT64_MAX);
    unsigned char *copy = malloc(size > 0 ? size : 1);
    shown out;

    ck_assert_ptr_nonnull(copy);
    if (size > 0)
        memcpy(copy, bytes, size);
    out.is_whole = show(&sink, form, facts, copy, size);
    ck_assert_uint_le(sink.size, MEMO_SHOW_BYTES);
    memo_sink_put(&sink, "", 1);
    out.text = (char *)sink.bytes;
    if (form == MEMO_SHOW_JSON)
        check_json(out.text);
    free(copy);
    return out;
}

/* How bytes are shown, all of them. */
typedef struct {
    show_function *show;
    const char *facts;
    const void *bytes;
    size_t size;
} shown_bytes;

static UNUSED void check_form(const shown_bytes *of, memo_show_form form,
                              const char *expected)
{
    shown out = show_bytes(of->show, form, of->facts, of->bytes, of->size);

    ck_assert_str_eq(out.text, expected);
    ck_assert(out.is_whole);
    free(out.text);
}

/* Shape: `json` may be NULL. */
static UNUSED void check_forms(const shown_bytes *of, const char *text,
                               const char *json)
{
    check_form(of, MEMO_SHOW_TEXT, text);
    if (json)
        check_form(of, MEMO_SHOW_JSON, json);
}

/* How the arguments of a call are shown. */
static UNUSED void check_arguments(const struct memo_function *function,
                                   const struct memo_argument *arguments,
                                   const char *text, const char *json)
{
    memo_key *key = malloc(sizeof *key);
    char *facts = memo_describe(function);

    ck_assert_int_eq(memo_key_build(key, function, arguments, show_budget),
                     MEMO_KEY_BUILT);
    check_forms(
        &(shown_bytes){memo_show_arguments, facts, key->bytes, key->size}, text,
        json);
    free(facts);
    free(key);
}

/* How one argument is shown that is passed by value. */
static UNUSED void check_value(const struct memo_type *type, void *object,
                               const char *text, const char *json)
{
    const struct memo_parameter parameter = {"v", type, MEMO_BY_VALUE, MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};

    check_arguments(&function, &(struct memo_argument){object, 1}, text, json);
}

/* How the value of a call is shown. */
static UNUSED void check_result(const memo_computed *from, const char *text,
                                const char *json)
{
    char *facts = memo_describe(from->function);
    size_t size;
    unsigned char *bytes = memo_value_bytes(&size, from, show_budget);

    ck_assert_ptr_nonnull(bytes);
    check_forms(&(shown_bytes){memo_show_result, facts, bytes, size}, text,
                json);
    free(bytes);
    free(facts);
}

#endif
