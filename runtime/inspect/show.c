#include "inspect/show.h"

#include "inspect/show_layout.h"
#include "inspect/show_number.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What is being shown. */
typedef struct {
    memo_facts facts;
    memo_layout layout;
    memo_show_out out;
    memo_walk_outcome outcome; /* of the layout */
    bool is_damaged;           /* and that was said */
} showing;

static const struct memo_parameter *parameter_at(const showing *s, memo_u32 i)
{
    return &s->facts.function.parameters[i];
}

/* ---- single items -------------------------------------------------------- */

static void print_digest(char out[33], const unsigned char *bytes)
{
    memo_digest digest;

    memcpy(&digest, bytes, sizeof digest);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)digest.high,
             (unsigned long long)digest.low);
}

static void show_digest(showing *s, const memo_item *item, bool is_text)
{
    char digest[33];

    print_digest(digest, item->bytes);
    if (item->has_count)
        memo_show_note(&s->out, "<%llu %s, digest %s>",
                       (unsigned long long)item->count,
                       is_text ? "bytes" : "elements", digest);
    else
        memo_show_note(&s->out, "<digest %s>", digest);
}

static void show_value(showing *s, const memo_item *item)
{
    memo_walk *walk = &s->layout.walk;

    walk->outcome = MEMO_WALK_ON;
    walk->out = &s->out;
    memo_walk_show(walk, item->root);
    s->is_damaged = walk->outcome == MEMO_WALK_DAMAGED;
}

static void show_raw(showing *s, const memo_item *item)
{
    static const struct memo_type address = {.kind = MEMO_KIND_ADDRESS};

    if (item->count == sizeof(void *))
        memo_show_number(&s->out, &address, item->bytes, sizeof(void *));
    else
        memo_show_note(&s->out, "<%llu bytes>",
                       (unsigned long long)item->count);
}

static void show_output(showing *s, const memo_item *item)
{
    if (item->count == MEMO_COUNT_LATER)
        memo_show_note(&s->out, "<written>");
    else
        memo_show_note(&s->out, "<%llu elements, written>",
                       (unsigned long long)item->count);
}

static void show_damaged(showing *s)
{
    memo_show_note(&s->out, "<damaged>");
    s->is_damaged = true;
}

static void show_missing(showing *s)
{
    if (s->outcome == MEMO_WALK_DAMAGED)
        show_damaged(s);
    else
        memo_show_note(&s->out, "<not known>");
}

static void show_item(showing *s, const memo_item *item, bool is_text)
{
    switch (item->state) {
    case MEMO_ITEM_NONE:
        memo_show_note(&s->out, "<does not count>");
        break;
    case MEMO_ITEM_NULL:
        memo_show_null(&s->out);
        break;
    case MEMO_ITEM_TEXT:
        memo_show_text(&s->out, item->bytes, item->count);
        break;
    case MEMO_ITEM_RAW:
        show_raw(s, item);
        break;
    case MEMO_ITEM_VALUE:
        show_value(s, item);
        break;
    case MEMO_ITEM_OUTPUT:
        show_output(s, item);
        break;
    case MEMO_ITEM_DIGEST:
        show_digest(s, item, is_text);
        break;
    case MEMO_ITEM_FOLDED:
        memo_show_note(&s->out, "<folded>");
        break;
    default:
        show_missing(s);
        break;
    }
}

/* ---- files --------------------------------------------------------------- */

/* What was in a file; returns whether there was any. */
static bool print_content(char *out, size_t room, const unsigned char *bytes)
{
    memo_item_file file;
    char digest[33];

    memcpy(&file, bytes, sizeof file);
    print_digest(digest, bytes + offsetof(memo_item_file, digest));
    if (file.is_there > 0)
        snprintf(out, room, "content %s", digest);
    else if (file.is_there == 0 || file.is_there == -ENOENT ||
             file.is_there == -ENOTDIR)
        snprintf(out, room, "not there");
    else
        snprintf(out, room, "error %lld", -(long long)file.is_there);
    return file.is_there > 0;
}

static void show_file(showing *s, const memo_item *item)
{
    char content[64], text[80];
    bool is_there = print_content(content, sizeof content, item->file);

    if (s->out.form == MEMO_SHOW_TEXT) {
        snprintf(text, sizeof text, " (%s)", content);
        show_item(s, item, true);
        memo_show_suffix(&s->out, text);
        return;
    }
    if (!memo_show_open(&s->out, false))
        return;
    memo_show_name(&s->out, "path");
    show_item(s, item, true);
    memo_show_name(&s->out, "content");
    if (is_there)
        memo_show_note(&s->out, "%s", content + strlen("content "));
    else if (strcmp(content, "not there") == 0)
        memo_show_null(&s->out);
    else
        memo_show_note(&s->out, "<%s>", content);
    memo_show_close(&s->out);
}

/* ---- keys of words ------------------------------------------------------- */

/* Scalars of more than four bytes have a word each, two others share one, in
 * the order in which words are full. */
static bool find_word(const showing *s, memo_u32 parameter, unsigned *word,
                      unsigned *shift)
{
    const struct memo_function *function = &s->facts.function;
    memo_u32 half = function->parameter_count; /* has the low half of a word */
    unsigned words = 0;
    bool is_found = false;

    *word = *shift = 0;
    for (memo_u32 i = 0; i < function->parameter_count; i++) {
        bool is_small;

        if (function->parameters[i].passing != MEMO_BY_VALUE)
            continue;
        is_small = function->parameters[i].type->size <= 4;
        if (is_small && half == function->parameter_count) {
            half = i;
            continue;
        }
        if (i == parameter || (is_small && half == parameter)) {
            *word = words;
            *shift = is_small && i == parameter ? 32 : 0;
            is_found = true;
        }
        words++;
        if (is_small)
            half = function->parameter_count;
    }
    if (half == parameter && half < function->parameter_count) {
        *word = words;
        is_found = true;
    }
    return is_found && *word < function->word_count;
}

static void show_word(showing *s, memo_u32 i, const unsigned char *key)
{
    const struct memo_type *type = parameter_at(s, i)->type;
    unsigned number, shift;
    memo_u64 word;

    if (parameter_at(s, i)->passing != MEMO_BY_VALUE) {
        memo_show_note(&s->out, "<does not count>");
        return;
    }
    if (type->kind >= MEMO_KIND_STRUCT || type->size > sizeof word ||
        memo_facts_bytes(&s->facts, type) != type->size ||
        !find_word(s, i, &number, &shift)) {
        show_damaged(s);
        return;
    }
    memcpy(&word, key + number * sizeof word, sizeof word);
    word >>= shift;
    memo_show_number(&s->out, type, (const unsigned char *)&word, type->size);
}

static void show_words(showing *s, const unsigned char *key, size_t size)
{
    const struct memo_function *function = &s->facts.function;

    if (size != function->word_count * sizeof(memo_u64)) {
        s->is_damaged = true;
        return;
    }
    for (memo_u32 i = 0; i < function->parameter_count && !s->is_damaged; i++) {
        memo_show_name(&s->out, parameter_at(s, i)->name);
        show_word(s, i, key);
    }
}

/* ---- all of them --------------------------------------------------------- */

static void show_argument(showing *s, memo_u32 i)
{
    const struct memo_parameter *parameter = parameter_at(s, i);
    const memo_item *item = &s->layout.items[i];

    memo_show_name(&s->out, parameter->name);
    if (item->file)
        show_file(s, item);
    else
        show_item(s, item, parameter->passing != MEMO_BY_ELEMENTS);
}

static void show_outputs(showing *s)
{
    bool is_open = false;

    for (memo_u32 i = 0; i < s->facts.function.parameter_count; i++) {
        if (!(parameter_at(s, i)->direction & MEMO_OUT) || s->is_damaged)
            continue;
        if (!is_open && s->out.form == MEMO_SHOW_JSON) {
            memo_show_name(&s->out, "outputs");
            is_open = memo_show_open(&s->out, false);
        }
        show_argument(s, i);
    }
    if (is_open)
        memo_show_close(&s->out);
}

static void show_results(showing *s)
{
    memo_u32 count = s->facts.function.parameter_count;

    if (s->facts.function.result_kind != MEMO_RESULT_NONE) {
        memo_show_name(&s->out, s->out.form == MEMO_SHOW_JSON ? "result" : "");
        show_item(s, &s->layout.items[count], false);
    }
    show_outputs(s);
}

/* Show what was found; false if it was not all that there should be. */
static bool show_layout(showing *s, bool is_key)
{
    s->outcome = s->layout.walk.outcome;
    if (s->outcome == MEMO_WALK_NO_MEMORY)
        return false;
    if (!is_key)
        show_results(s);
    for (memo_u32 i = 0; is_key && i < s->facts.function.parameter_count; i++) {
        if (!s->is_damaged)
            show_argument(s, i);
    }
    return s->outcome != MEMO_WALK_DAMAGED && !s->is_damaged;
}

bool memo_show_arguments(memo_sink *out, memo_show_form form, const char *facts,
                         const unsigned char *key, size_t size)
{
    showing s = {.is_damaged = false};
    bool is_shown = false;

    memo_show_begin(&s.out, out, form);
    if (memo_facts_read(&s.facts, facts)) {
        if (s.facts.function.word_count > 0) {
            show_words(&s, key, size);
            is_shown = !s.is_damaged;
        } else {
            memo_layout_key(&s.layout, &s.facts, key, size);
            is_shown = show_layout(&s, true);
            memo_layout_finish(&s.layout);
        }
    }
    memo_show_close(&s.out);
    memo_facts_finish(&s.facts);
    return is_shown && !out->has_no_memory;
}

bool memo_show_result(memo_sink *out, memo_show_form form, const char *facts,
                      const unsigned char *value, size_t size)
{
    showing s = {.is_damaged = false};
    bool is_shown = false;

    memo_show_begin(&s.out, out, form);
    if (memo_facts_read(&s.facts, facts)) {
        memo_layout_value(&s.layout, &s.facts, value, size);
        is_shown = show_layout(&s, false);
        memo_layout_finish(&s.layout);
    }
    memo_show_close(&s.out);
    memo_facts_finish(&s.facts);
    return is_shown && !out->has_no_memory;
}
