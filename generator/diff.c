/* diff.c -- the difference of two texts as a unified diff. */
#include "diff.h"

#include "arena.h"
#include "json.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CONTEXT_LINES 3

/* Texts that differ more than this are replaced as a whole: the search costs
 * time by the square of the difference. */
#define MAX_STEPS 5000

/* Lines of a text, each with its newline. */
typedef struct {
    const char **lines;
    size_t *sizes;
    size_t *ids;      /* equal lines have equal numbers */
    bool *is_changed; /* removed from the text before, added to the one after */
    size_t count;
} side;

typedef ptrdiff_t number;

typedef struct {
    side before, after;
    /* How far paths reach on each diagonal, from the beginning and from the
     * end; index 0 is the diagonal 0. */
    number *forward, *backward;
} comparison;

/* A part of both texts: lines [before, before_end) and [after, after_end). */
typedef struct {
    size_t before, before_end, after, after_end;
} box;

static void split(gen_arena *arena, side *out, const char *text, size_t size)
{
    size_t count = 1;

    for (size_t i = 0; i < size; i++)
        count += text[i] == '\n';
    out->lines = GEN_NEW_ARRAY(arena, const char *, count);
    out->sizes = GEN_NEW_ARRAY(arena, size_t, count);
    out->ids = GEN_NEW_ARRAY(arena, size_t, count);
    out->is_changed = GEN_NEW_ARRAY(arena, bool, count);
    for (size_t at = 0; at < size; out->count++) {
        const char *newline = memchr(text + at, '\n', size - at);
        size_t end = newline == NULL ? size : (size_t)(newline - text) + 1;
        out->lines[out->count] = text + at;
        out->sizes[out->count] = end - at;
        at = end;
    }
}

/* Source: FNV-1a. */
static size_t hash(const char *text, size_t size)
{
    uint64_t value = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < size; i++)
        value = (value ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return (size_t)(value ^ value >> 32);
}

/* A line that has a number; NULL = a free place in the table. */
typedef struct {
    const char *line;
    size_t size;
    size_t id;
} numbered;

static void number_lines(side *lines, numbered *table, size_t mask)
{
    for (size_t i = 0; i < lines->count; i++) {
        const char *line = lines->lines[i];
        const size_t size = lines->sizes[i];
        size_t at = hash(line, size) & mask;
        while (
            table[at].line != NULL &&
            (table[at].size != size || memcmp(table[at].line, line, size) != 0))
            at = (at + 1) & mask;
        if (table[at].line == NULL)
            table[at] = (numbered){line, size, at};
        lines->ids[i] = table[at].id;
    }
}

static void number_all(gen_arena *arena, comparison *both)
{
    size_t places = 16;

    while (places < (both->before.count + both->after.count) * 2)
        places *= 2;
    numbered *table = GEN_NEW_ARRAY(arena, numbered, places);
    number_lines(&both->before, table, places - 1);
    number_lines(&both->after, table, places - 1);
}

static bool is_equal(const comparison *both, size_t before, size_t after)
{
    return both->before.ids[before] == both->after.ids[after];
}

/* The diagonals that paths have reached; line x of the text before and line y
 * of the one after meet on diagonal x - y. */
typedef struct {
    number low, high;
} reach;

/* Reach one diagonal further on both sides, or leave one out that has left the
 * box; `beyond` is what a path that cannot exist has reached. */
static void widen(reach *by, number *paths, reach limits, number beyond)
{
    if (by->low > limits.low)
        paths[--by->low - 1] = beyond;
    else
        by->low++;
    if (by->high < limits.high)
        paths[++by->high + 1] = beyond;
    else
        by->high--;
}

/* Lengthen the path on a diagonal, from the box's beginning on. */
static number go_forward(const comparison *both, const box *in, number diagonal)
{
    const number *paths = both->forward;
    const number width = (number)(in->before_end - in->before);
    const number height = (number)(in->after_end - in->after);
    number x = paths[diagonal - 1] >= paths[diagonal + 1]
                   ? paths[diagonal - 1] + 1
                   : paths[diagonal + 1];

    while (x < width && x - diagonal < height &&
           is_equal(both, in->before + (size_t)x,
                    in->after + (size_t)(x - diagonal)))
        x++;
    both->forward[diagonal] = x;
    return x;
}

/* The same from the box's end on. */
static number go_backward(const comparison *both, const box *in,
                          number diagonal)
{
    const number *paths = both->backward;
    number x = paths[diagonal - 1] < paths[diagonal + 1]
                   ? paths[diagonal - 1]
                   : paths[diagonal + 1] - 1;

    while (x > 0 && x - diagonal > 0 &&
           is_equal(both, in->before + (size_t)x - 1,
                    in->after + (size_t)(x - diagonal) - 1))
        x--;
    both->backward[diagonal] = x;
    return x;
}

/* Find a point in the middle of a shortest path through the box; false if that
 * would take too long.
 * Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations. */
static bool find_middle(const comparison *both, const box *in, number *out_x,
                        number *out_diagonal)
{
    const number width = (number)(in->before_end - in->before);
    const number height = (number)(in->after_end - in->after);
    const reach limits = {-height, width};
    const number last = width - height; /* the diagonal of the box's end */
    const bool is_odd = (last & 1) != 0;
    reach forward = {0, 0}, backward = {last, last};

    both->forward[0] = 0;
    both->backward[last] = width;
    for (int step = 0; step < MAX_STEPS; step++) {
        widen(&forward, both->forward, limits, -1);
        for (number k = forward.high; k >= forward.low; k -= 2) {
            *out_diagonal = k;
            *out_x = go_forward(both, in, k);
            if (is_odd && k >= backward.low && k <= backward.high &&
                both->backward[k] <= *out_x)
                return true;
        }
        widen(&backward, both->backward, limits, PTRDIFF_MAX);
        for (number k = backward.high; k >= backward.low; k -= 2) {
            *out_diagonal = k;
            *out_x = go_backward(both, in, k);
            if (!is_odd && k >= forward.low && k <= forward.high &&
                *out_x <= both->forward[k])
                return true;
        }
    }
    return false;
}

static void mark_all(comparison *both, const box *in)
{
    for (size_t i = in->before; i < in->before_end; i++)
        both->before.is_changed[i] = true;
    for (size_t i = in->after; i < in->after_end; i++)
        both->after.is_changed[i] = true;
}

/* Mark the lines of the box that differ.  A middle halves the difference, so
 * the recursion is no deeper than its logarithm. */
static void compare(comparison *both, box in)
{
    number x, diagonal;

    while (in.before < in.before_end && in.after < in.after_end &&
           is_equal(both, in.before, in.after)) {
        in.before++;
        in.after++;
    }
    while (in.before < in.before_end && in.after < in.after_end &&
           is_equal(both, in.before_end - 1, in.after_end - 1)) {
        in.before_end--;
        in.after_end--;
    }
    if (in.before == in.before_end || in.after == in.after_end ||
        !find_middle(both, &in, &x, &diagonal)) {
        mark_all(both, &in);
        return;
    }
    const size_t before = in.before + (size_t)x;
    const size_t after = in.after + (size_t)(x - diagonal);
    compare(both, (box){in.before, before, in.after, after});
    compare(both, (box){before, in.before_end, after, in.after_end});
}

static void append_line(gen_text *out, char sign, const side *from, size_t i)
{
    const char *line = from->lines[i];
    const size_t size = from->sizes[i];

    gen_text_append_char(out, sign);
    gen_text_append(out, line, size);
    if (line[size - 1] != '\n')
        gen_text_append_string(out, "\n\\ No newline at end of file\n");
}

/* One side of a hunk's head: where it begins, and how many lines it has. */
static void append_range(gen_text *out, char sign, size_t begin, size_t end)
{
    /* An empty range is named by the line before it. */
    gen_text_append_format(out, "%c%zu", sign,
                           begin == end ? begin : begin + 1);
    if (end - begin != 1)
        gen_text_append_format(out, ",%zu", end - begin);
}

static void append_hunk(gen_text *out, const comparison *both, const box *in)
{
    size_t before = in->before, after = in->after;

    gen_text_append_string(out, "@@ ");
    append_range(out, '-', in->before, in->before_end);
    gen_text_append_char(out, ' ');
    append_range(out, '+', in->after, in->after_end);
    gen_text_append_string(out, " @@\n");
    while (before < in->before_end || after < in->after_end) {
        if (before < in->before_end && both->before.is_changed[before])
            append_line(out, '-', &both->before, before++);
        else if (after < in->after_end && both->after.is_changed[after])
            append_line(out, '+', &both->after, after++);
        else {
            append_line(out, ' ', &both->before, before++);
            after++;
        }
    }
}

/* Go to the next line that differs; false at the end. */
static bool find_change(const comparison *both, size_t *before, size_t *after)
{
    while (*before < both->before.count || *after < both->after.count) {
        if ((*before < both->before.count &&
             both->before.is_changed[*before]) ||
            (*after < both->after.count && both->after.is_changed[*after]))
            return true;
        ++*before;
        ++*after;
    }
    return false;
}

static void skip_change(const comparison *both, size_t *before, size_t *after)
{
    while (*before < both->before.count && both->before.is_changed[*before])
        ++*before;
    while (*after < both->after.count && both->after.is_changed[*after])
        ++*after;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Changes whose context would touch share a hunk. */
static void append_hunks(gen_text *out, const comparison *both)
{
    size_t before = 0, after = 0;
    bool is_change = find_change(both, &before, &after);

    while (is_change) {
        const size_t lead = least(before, CONTEXT_LINES);
        box hunk = {before - lead, 0, after - lead, 0};
        size_t end_before, end_after;
        do {
            skip_change(both, &before, &after);
            end_before = before;
            end_after = after;
            is_change = find_change(both, &before, &after);
        } while (is_change && before - end_before <= 2 * CONTEXT_LINES);
        const size_t tail =
            least(both->before.count - end_before, CONTEXT_LINES);
        hunk.before_end = end_before + tail;
        hunk.after_end = end_after + tail;
        append_hunk(out, both, &hunk);
    }
}

/* A name with a blank is ended by a tab; one that would break the line is
 * quoted.
 * Source: GNU diffutils 3.8, src/context.c. */
static void append_name(gen_text *out, const char *sign, const char *name)
{
    bool is_quoted = false;

    for (const char *at = name; *at != '\0'; at++)
        is_quoted =
            is_quoted || (unsigned char)*at < ' ' || *at == '"' || *at == '\\';
    gen_text_append_string(out, sign);
    if (is_quoted)
        gen_json_append_string(out, name);
    else
        gen_text_append_string(out, name);
    gen_text_append_string(out, !is_quoted && strchr(name, ' ') != NULL ? "\t\n"
                                                                        : "\n");
}

/* NOLINTNEXTLINE(readability-function-size): two texts of three parts each. */
void gen_diff_append(gen_text *out, const char *before_name, const char *before,
                     size_t before_size, const char *after_name,
                     const char *after, size_t after_size)
{
    if (before_size == after_size &&
        (before_size == 0 || memcmp(before, after, before_size) == 0))
        return;

    gen_arena *arena = gen_arena_create();
    comparison both = {0};
    split(arena, &both.before, before, before_size);
    split(arena, &both.after, after, after_size);
    number_all(arena, &both);
    const size_t width = both.before.count + both.after.count + 3;
    both.forward = GEN_NEW_ARRAY(arena, number, width) + both.after.count + 1;
    both.backward = GEN_NEW_ARRAY(arena, number, width) + both.after.count + 1;
    compare(&both, (box){0, both.before.count, 0, both.after.count});
    append_name(out, "--- ", before_name);
    append_name(out, "+++ ", after_name);
    append_hunks(out, &both);
    gen_arena_destroy(arena);
}
