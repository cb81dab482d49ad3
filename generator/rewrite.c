/* rewrite.c -- an original text plus edits, with every line and column kept. */
#include "rewrite.h"

#include "arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where the compiler believes the end of the output to be. */
typedef enum {
    AT_START,     /* after the preamble: nobody knows */
    IN_GENERATED, /* at its real line of the output */
    IN_SOURCE,    /* where the next byte of the source stands */
    DISPLACED     /* in the source, but not where its next byte stands */
} place;

typedef struct {
    gen_text *out;
    size_t counted;  /* bytes of out whose newlines are in out_line */
    size_t out_line; /* of the byte out->data[counted], from 1 */
    const gen_source_text *source;
    size_t at;         /* the next byte of the source */
    size_t line;       /* of `at`, from 1 */
    size_t line_start; /* offset of the first byte of that line */
    place place;
    size_t seen_line, seen_column; /* while DISPLACED; columns from 0 */
    const gen_line_names *names;
} rewriter;

static size_t count_newlines(const char *text, size_t size)
{
    size_t count = 0;

    for (const char *end = text + size;
         text < end && (text = memchr(text, '\n', (size_t)(end - text)));
         text++)
        count++;
    return count;
}

/* Bytes after the last newline. */
static size_t last_line_size(const char *text, size_t size)
{
    size_t start = size;

    while (start > 0 && text[start - 1] != '\n')
        start--;
    return size - start;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f' ||
           byte == '\r';
}

static void advance(rewriter *to, size_t offset)
{
    const char *from = to->source->text + to->at;
    size_t size = offset - to->at;
    size_t newlines = count_newlines(from, size);

    to->line += newlines;
    if (newlines > 0)
        to->line_start = offset - last_line_size(from, size);
    to->at = offset;
}

/* Does text[0, end), which ends in a newline, end in a line splice?
 * Source: gcc and clang accept blanks between the backslash and the newline;
 * C90 and C99 spell the backslash "??/" as well. */
static bool ends_in_splice(const char *text, size_t end)
{
    end--;
    while (end > 0 && is_blank(text[end - 1]))
        end--;
    return (end >= 1 && text[end - 1] == '\\') ||
           (end >= 3 && memcmp(text + end - 3, "\?\?/", 3) == 0);
}

/* Make what is appended next the begin of a line that may hold a directive. */
static void begin_line(gen_text *out)
{
    if (out->size == 0)
        return;
    if (out->data[out->size - 1] != '\n')
        gen_text_append_char(out, '\n');
    if (ends_in_splice(out->data, out->size))
        gen_text_append_char(out, '\n');
}

/* The second of two question marks is escaped: they could make a trigraph. */
static void append_string_literal(gen_text *out, const char *string)
{
    gen_text_append_char(out, '"');
    for (const char *at = string; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;

        if (byte < 0x20 || byte == 0x7f) {
            gen_text_append_format(out, "\\%03o", byte);
            continue;
        }
        if (byte == '"' || byte == '\\' ||
            (byte == '?' && at > string && at[-1] == '?'))
            gen_text_append_char(out, '\\');
        gen_text_append_char(out, *at);
    }
    gen_text_append_char(out, '"');
}

static void append_line_directive(gen_text *out, size_t line, const char *path)
{
    gen_text_append_format(out, "#line %zu ", line);
    append_string_literal(out, path);
    gen_text_append_char(out, '\n');
}

/* Append white space of the shape of the source from `begin`, on the line of
 * the next byte, to that byte; none before a newline, where nobody sees it. */
static void append_blanks(rewriter *to, size_t begin)
{
    const char *text = to->source->text;
    const char *next = text + to->at;

    if (*next == '\n' || (*next == '\r' && next[1] == '\n'))
        return;
    for (size_t i = begin; i < to->at; i++)
        gen_text_append_char(to->out, text[i] == '\t' ? '\t' : ' ');
}

/* The last #line of the user's before the next byte, or NULL. */
static const gen_line_mark *find_mark(const rewriter *to)
{
    const gen_line_mark *found = NULL;

    for (size_t i = 0; i < to->names->mark_count; i++) {
        if (to->names->marks[i].offset <= to->at)
            found = &to->names->marks[i];
    }
    return found;
}

/* Bring the next byte of the source to its line and column by a directive.
 * It names the file: a directive of the user's may have named another. */
static void append_return(rewriter *to)
{
    const gen_line_mark *mark = find_mark(to);
    size_t line = mark ? mark->known_as + (to->line - mark->line) : to->line;

    begin_line(to->out);
    append_line_directive(to->out, line,
                          mark && mark->path ? mark->path
                                             : to->names->source_path);
    append_blanks(to, to->line_start);
}

/* Bring it there by white space alone; false when it is too late for that. */
static bool append_padding(rewriter *to)
{
    const char *text = to->source->text;
    size_t column = to->at - to->line_start;

    if (to->seen_line > to->line ||
        (to->seen_line == to->line && to->seen_column > column))
        return false;
    bool has_cr = to->line_start >= 2 && text[to->line_start - 2] == '\r';
    for (; to->seen_line < to->line; to->seen_line++) {
        gen_text_append_string(to->out, has_cr ? "\r\n" : "\n");
        to->seen_column = 0;
    }
    append_blanks(to, to->line_start + to->seen_column);
    return true;
}

/* Make the next byte of the source fit to be appended. */
static void enter_source(rewriter *to)
{
    bool is_displaced = to->place == DISPLACED;

    if (to->place == IN_SOURCE)
        return;
    to->place = IN_SOURCE;
    if (is_displaced && append_padding(to))
        return;
    if (!to->names->no_line)
        append_return(to);
}

/* A byte order mark is one only at the very begin of a file. */
static void copy_byte_order_mark(rewriter *to, size_t end)
{
    static const char mark[] = "\xEF\xBB\xBF";

    if (to->at != 0 || end < 3 || to->out->size == 0 ||
        memcmp(to->source->text, mark, 3) != 0)
        return;
    gen_text_append_string(to->out, "   ");
    advance(to, 3);
}

static void copy_source(rewriter *to, size_t end)
{
    if (to->at == end)
        return;
    enter_source(to);
    copy_byte_order_mark(to, end);
    gen_text_append(to->out, to->source->text + to->at, end - to->at);
    advance(to, end);
}

static bool opens_directive(const char *at, const char *end)
{
    return at < end &&
           (*at == '#' || (end - at >= 2 && memcmp(at, "%:", 2) == 0) ||
            (end - at >= 3 && memcmp(at, "\?\?=", 3) == 0));
}

/* Is the next byte of the source in a preprocessor line?  Such a line begins
 * with '#', or a comment ends before its '#'. */
static bool is_in_directive(const rewriter *to)
{
    const char *text = to->source->text;
    const char *end = text + to->at;
    size_t start = to->line_start;

    while (start > 0 && ends_in_splice(text, start))
        start -= last_line_size(text, start - 1) + 1;

    const char *first = text + start;
    while (first < end && (is_blank(*first) || strchr("\\\n", *first)))
        first++;
    if (opens_directive(first, end))
        return true;
    for (const char *at = first;
         (at = memchr(at, '#', (size_t)(end - at))) != NULL; at++) {
        const char *before = at;

        while (before > first && is_blank(before[-1]))
            before--;
        if (before - first >= 2 && memcmp(before - 2, "*/", 2) == 0)
            return true;
    }
    return false;
}

static void replace(rewriter *to, const gen_edit *edit)
{
    size_t size = strlen(edit->text);
    size_t newlines = count_newlines(edit->text, size);

    if (edit->begin == edit->end && size == 0)
        return;
    copy_source(to, edit->begin);
    enter_source(to);
    /* Neither blanks nor a #line may stand inside a directive; what follows
     * there is only its end. */
    bool is_directive = is_in_directive(to);
    size_t column = newlines == 0 ? to->at - to->line_start : 0;
    to->seen_line = to->line + newlines;
    to->seen_column = column + last_line_size(edit->text, size);
    gen_text_append(to->out, edit->text, size);
    advance(to, edit->end);
    to->place = DISPLACED;
    if (edit->kind == GEN_EDIT_SHIFT && !is_directive)
        append_padding(to);
    if (edit->kind == GEN_EDIT_SHIFT || is_directive)
        to->place = IN_SOURCE;
}

/* The line of the output's end, from 1. */
static size_t output_line(rewriter *to)
{
    gen_text *out = to->out;

    if (out->size > to->counted)
        to->out_line +=
            count_newlines(out->data + to->counted, out->size - to->counted);
    to->counted = out->size;
    return to->out_line;
}

static void insert(rewriter *to, const gen_edit *edit)
{
    if (*edit->text == '\0')
        return;
    copy_source(to, edit->begin);
    begin_line(to->out);
    if (to->place != IN_GENERATED && !to->names->no_line)
        append_line_directive(to->out, output_line(to) + 1,
                              to->names->output_path);
    gen_text_append_string(to->out, edit->text);
    begin_line(to->out);
    to->place = IN_GENERATED;
}

/* An insertion comes before a replacement of what follows it. */
static int compare_edits(const void *left, const void *right)
{
    const gen_edit *a = *(const gen_edit *const *)left;
    const gen_edit *b = *(const gen_edit *const *)right;

    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a < b ? -1 : a > b;
}

void gen_rewrite(gen_text *out, const gen_source_text *source, gen_edit *edits,
                 size_t edit_count, const gen_line_names *names)
{
    rewriter to = {
        .out = out, .out_line = 1, .source = source, .line = 1, .names = names};
    gen_arena *arena = gen_arena_create();
    const gen_edit **sorted =
        GEN_NEW_ARRAY(arena, const gen_edit *, edit_count + 1);

    for (size_t i = 0; i < edit_count; i++)
        sorted[i] = &edits[i];
    qsort(sorted, edit_count, sizeof *sorted, compare_edits);
    for (size_t i = 0; i < edit_count; i++) {
        assert(sorted[i]->begin >= to.at && sorted[i]->begin <= sorted[i]->end);
        assert(sorted[i]->end <= source->size);
        if (sorted[i]->kind == GEN_EDIT_INSERT)
            insert(&to, sorted[i]);
        else
            replace(&to, sorted[i]);
    }
    copy_source(&to, source->size);
    gen_arena_destroy(arena);
}
