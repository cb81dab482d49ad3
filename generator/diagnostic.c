/* diagnostic.c -- collect complaints about the user's code, and their order. */
#include "diagnostic.h"

#include "diagnostic_json.h"
#include "diagnostic_print.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Longer words are no misspelt options. */
#define MAX_WORD_BYTES 63

void gen_diagnostics_init(gen_diagnostics *diagnostics, gen_arena *arena,
                          const gen_warning_setting *settings)
{
    *diagnostics = (gen_diagnostics){.arena = arena, .settings = settings};
    diagnostics->last = &diagnostics->first;
}

static gen_diagnostic *create(gen_arena *arena, gen_severity severity,
                              gen_span span, const char *format, va_list list)
{
    gen_diagnostic *made = GEN_NEW(arena, gen_diagnostic);

    made->severity = severity;
    made->span = span;
    made->text = gen_arena_vformat(arena, format, list);
    return made;
}

static gen_diagnostic *add(gen_diagnostics *diagnostics, gen_diagnostic *added)
{
    *diagnostics->last = added;
    diagnostics->last = &added->next;
    if (added->severity == GEN_ERROR)
        diagnostics->error_count++;
    else if (added->severity == GEN_WARNING)
        diagnostics->warning_count++;
    return added;
}

/* What the settings make of a warning: off, a warning, or an error.  A setting
 * of is_error that names the warning beats one for every warning, wherever they
 * stand, so that "-Wno-error=id -Werror" means what it says. */
static bool apply_settings(const gen_warning_setting *setting, const char *id,
                           gen_severity *out)
{
    bool is_on = true, is_error = false, is_named = false;

    for (; setting != NULL; setting = setting->next) {
        bool names = strcmp(setting->id, id) == 0;
        if (!names && setting->id[0] != '\0')
            continue;
        if (!setting->sets_error) {
            is_on = setting->is_on;
        } else if (names || !is_named) {
            is_error = setting->is_error;
            is_named = names;
            is_on = is_on || (names && is_error);
        }
    }
    *out = is_error ? GEN_ERROR : GEN_WARNING;
    return is_on;
}

gen_diagnostic *gen_error(gen_diagnostics *diagnostics, gen_span span,
                          const char *format, ...)
{
    va_list list;

    va_start(list, format);
    gen_diagnostic *made =
        create(diagnostics->arena, GEN_ERROR, span, format, list);
    va_end(list);
    return add(diagnostics, made);
}

gen_diagnostic *gen_warning(gen_diagnostics *diagnostics, const char *id,
                            gen_span span, const char *format, ...)
{
    va_list list;
    gen_severity severity;

    if (!apply_settings(diagnostics->settings, id, &severity))
        return NULL;
    va_start(list, format);
    gen_diagnostic *made =
        create(diagnostics->arena, severity, span, format, list);
    va_end(list);
    made->id = id;
    return add(diagnostics, made);
}

gen_diagnostic *gen_remark(gen_diagnostics *diagnostics, gen_span span,
                           const char *format, ...)
{
    va_list list;

    va_start(list, format);
    gen_diagnostic *made =
        create(diagnostics->arena, GEN_NOTE, span, format, list);
    va_end(list);
    return add(diagnostics, made);
}

gen_diagnostic *gen_note(gen_diagnostics *diagnostics, gen_diagnostic *to,
                         gen_span span, const char *format, ...)
{
    va_list list;

    if (to == NULL)
        return NULL;
    gen_diagnostic **last = &to->notes;
    while (*last != NULL)
        last = &(*last)->next;
    va_start(list, format);
    *last = create(diagnostics->arena, GEN_NOTE, span, format, list);
    va_end(list);
    return *last;
}

void gen_suggest(gen_diagnostics *diagnostics, gen_diagnostic *to,
                 gen_span span, const char *replacement)
{
    if (to == NULL)
        return;
    gen_fix **last = &to->fixes;
    while (*last != NULL)
        last = &(*last)->next;
    *last = GEN_NEW(diagnostics->arena, gen_fix);
    (*last)->span = span;
    (*last)->text =
        gen_arena_copy(diagnostics->arena, replacement, strlen(replacement));
}

void gen_locate(const gen_source_text *source, size_t offset, unsigned *line,
                unsigned *column)
{
    const char *at = source->text;
    const char *end = at + (offset < source->size ? offset : source->size);
    const char *newline;

    *line = 1;
    while ((newline = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        *line += 1;
        at = newline + 1;
    }
    *column = (unsigned)(end - at) + 1;
}

/* A complaint and what it is sorted by. */
typedef struct {
    const gen_diagnostic *diagnostic;
    size_t rank;  /* of its source, in the order they were first spoken of */
    size_t index; /* in the order added */
} place;

static bool is_same_source(const gen_source_text *a, const gen_source_text *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a->path, b->path) == 0);
}

static bool is_same(const gen_diagnostic *a, const gen_diagnostic *b)
{
    return a->severity == b->severity && a->span.size == b->span.size &&
           strcmp(a->text, b->text) == 0;
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    int order = compare_numbers(a->rank, b->rank);

    if (order == 0)
        order = compare_numbers(a->diagnostic->span.offset,
                                b->diagnostic->span.offset);
    return order != 0 ? order : compare_numbers(a->index, b->index);
}

/* What is about no place comes first. */
static size_t find_rank(const place *places, size_t index)
{
    const gen_source_text *source = places[index].diagnostic->span.source;
    size_t highest = 0;

    if (source == NULL)
        return 0;
    for (size_t i = 0; i < index; i++) {
        if (is_same_source(source, places[i].diagnostic->span.source))
            return places[i].rank;
        if (places[i].rank > highest)
            highest = places[i].rank;
    }
    return highest + 1;
}

/* All complaints by place, each once; their number is in `*count`. */
static place *sort(const gen_diagnostics *diagnostics, size_t *count)
{
    size_t all = 0;

    for (const gen_diagnostic *at = diagnostics->first; at; at = at->next)
        all++;
    place *places = GEN_NEW_ARRAY(diagnostics->arena, place, all);
    all = 0;
    for (const gen_diagnostic *at = diagnostics->first; at; at = at->next) {
        places[all].diagnostic = at;
        places[all].index = all;
        places[all].rank = find_rank(places, all);
        all++;
    }
    qsort(places, all, sizeof *places, compare_places);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        bool is_repeated = false;
        for (size_t k = *count; k > 0 && !is_repeated; k--) {
            const place *earlier = &places[k - 1];
            if (earlier->rank != places[i].rank ||
                earlier->diagnostic->span.offset !=
                    places[i].diagnostic->span.offset)
                break;
            is_repeated = is_same(earlier->diagnostic, places[i].diagnostic);
        }
        if (!is_repeated)
            places[(*count)++] = places[i];
    }
    return places;
}

static bool wants_color(FILE *file, gen_color color)
{
    const char *terminal = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");

    if (color != GEN_COLOR_AUTO)
        return color == GEN_COLOR_ALWAYS;
    return isatty(fileno(file)) && terminal != NULL &&
           strcmp(terminal, "dumb") != 0 &&
           (no_color == NULL || no_color[0] == '\0');
}

size_t gen_diagnostics_print(const gen_diagnostics *diagnostics, FILE *file,
                             gen_color color, bool as_json)
{
    size_t count, errors = 0;
    const place *places = sort(diagnostics, &count);
    const bool is_colored = !as_json && wants_color(file, color);
    gen_text json = {0};

    for (size_t i = 0; i < count; i++) {
        const gen_diagnostic *at = places[i].diagnostic;
        errors += at->severity == GEN_ERROR;
        if (!as_json) {
            gen_diagnostic_put(file, is_colored, at);
            continue;
        }
        gen_text_append_string(&json, i == 0 ? "[\n  " : ",\n  ");
        gen_diagnostic_append_json(&json, at);
    }
    if (as_json) {
        gen_text_append_string(&json, count == 0 ? "[]\n" : "\n]\n");
        fwrite(json.data, 1, json.size, file);
    }
    gen_text_finish(&json);
    return errors;
}

/* Letters that only look different: case, and '-' for '_'. */
static char folded(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte - 'A' + 'a');
    return byte == '-' ? '_' : byte;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be changed, added, left out or swapped with their
 * neighbour to turn `a` into `b`.  Both have at most MAX_WORD_BYTES.
 * Source: optimal string alignment distance. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][MAX_WORD_BYTES + 1];
    const size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        rows[0][j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        const size_t *above = rows[(i - 1) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t change = folded(a[i - 1]) != folded(b[j - 1]);
            row[j] =
                least(above[j - 1] + change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                folded(a[i - 2]) == folded(b[j - 1]))
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[strlen(a) % 3][width];
}

const char *gen_nearest(const char *word, const char *const *names,
                        size_t count)
{
    const size_t size = strlen(word);
    const char *nearest = NULL;
    size_t best = size < 3 ? 2 : size / 3 + 1;

    if (size > MAX_WORD_BYTES)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) > MAX_WORD_BYTES)
            continue;
        size_t found = distance(word, names[i]);
        /* A word of which no letter is right is not misspelt. */
        if (found < best && found < size) {
            best = found;
            nearest = names[i];
        }
    }
    return nearest;
}
