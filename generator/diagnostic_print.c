/* diagnostic_print.c -- print complaints as text in clang's form.
 *
 * Source: clang 14, lib/Frontend/TextDiagnostic.cpp, for form and colours.
 */
#include "diagnostic_print.h"

#include "text.h"
#include "utf8.h"

#include <string.h>

/* Of a longer line a part around the caret is shown. */
#define MAX_COLUMNS 160
#define COLUMNS_BEFORE_CARET 60

#define BOLD "\033[0;1m"
#define RED "\033[0;1;31m"
#define MAGENTA "\033[0;1;35m"
#define CYAN "\033[0;1;36m"
#define CARET_GREEN "\033[0;1;32m"
#define FIX_GREEN "\033[0;32m"
#define PLAIN "\033[0m"

typedef struct {
    FILE *file;
    bool is_colored;
} printer;

/* The part of a line that is shown: bytes [begin, end) of the source. */
typedef struct {
    const char *text;
    size_t begin, end;
    bool is_cut_before, is_cut_behind;
} view;

/* What one byte, or one character of several bytes, looks like. */
typedef struct {
    char shown[5];
    size_t bytes;   /* taken from the text */
    size_t columns; /* taken on the screen; a tab counts as one */
} cell;

/* Control characters and bytes that are no UTF-8 are shown by number: they
 * could do anything to a terminal. */
static cell read_cell(const char *text, size_t size)
{
    cell read = {.bytes = gen_utf8_size(text, size), .columns = 1};
    unsigned char first = (unsigned char)text[0];
    bool is_control =
        (read.bytes == 1 && (first < 0x20 || first == 0x7f)) ||
        (read.bytes == 2 && first == 0xc2 && (unsigned char)text[1] < 0xa0);

    if (read.bytes == 0 || (is_control && first != '\t')) {
        read.bytes = 1;
        read.columns = 4;
        snprintf(read.shown, sizeof read.shown, "<%02X>", first);
    } else {
        memcpy(read.shown, text, read.bytes);
    }
    return read;
}

static void append_clean(gen_text *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        cell read = read_cell(text + at, size - at);
        gen_text_append_string(out, read.shown);
        at += read.bytes;
    }
}

static void put_color(const printer *to, const char *color)
{
    if (to->is_colored)
        fputs(color, to->file);
}

static void put_line(const printer *to, const char *color, const gen_text *line)
{
    put_color(to, color);
    fwrite(line->data, 1, line->size, to->file);
    put_color(to, color[0] == '\0' ? "" : PLAIN);
    fputc('\n', to->file);
}

/* The columns between two offsets of a line. */
static size_t columns_between(const char *text, size_t begin, size_t end)
{
    size_t columns = 0;

    for (size_t at = begin; at < end;) {
        cell read = read_cell(text + at, end - at);
        columns += read.columns;
        at += read.bytes;
    }
    return columns;
}

/* The offset that lies `columns` after `begin`, at most `end`. */
static size_t after_columns(const char *text, size_t begin, size_t end,
                            size_t columns)
{
    size_t at = begin;

    while (at < end) {
        cell read = read_cell(text + at, end - at);
        if (read.columns > columns)
            break;
        columns -= read.columns;
        at += read.bytes;
    }
    return at;
}

static view view_line(const gen_source_text *source, size_t offset)
{
    view line = {.text = source->text, .begin = offset, .end = offset};

    while (line.begin > 0 && source->text[line.begin - 1] != '\n')
        line.begin--;
    while (line.end < source->size && source->text[line.end] != '\n')
        line.end++;
    if (line.end > line.begin && source->text[line.end - 1] == '\r')
        line.end--;
    if (line.begin == 0 && line.end >= 3 && offset >= 3 &&
        memcmp(line.text, "\xef\xbb\xbf", 3) == 0)
        line.begin = 3; /* a byte order mark takes no column */
    if (columns_between(line.text, line.begin, line.end) <= MAX_COLUMNS)
        return line;

    size_t before = columns_between(line.text, line.begin, offset);
    if (before > MAX_COLUMNS - COLUMNS_BEFORE_CARET) {
        line.begin = after_columns(line.text, line.begin, line.end,
                                   before - COLUMNS_BEFORE_CARET);
        line.is_cut_before = true;
    }
    size_t end = after_columns(line.text, line.begin, line.end, MAX_COLUMNS);
    line.is_cut_behind = end < line.end;
    line.end = end;
    return line;
}

/* Blanks as wide as the bytes [begin, end): tabs stay tabs, so that what
 * follows stands right below what it speaks of. */
static void append_gap(gen_text *out, const char *text, size_t begin,
                       size_t end)
{
    for (size_t at = begin; at < end;) {
        cell read = read_cell(text + at, end - at);
        for (size_t i = 0; i < read.columns; i++)
            gen_text_append_char(out, read.shown[0] == '\t' ? '\t' : ' ');
        at += read.bytes;
    }
}

static void put_source(const printer *to, const view *line)
{
    gen_text out = {0};

    gen_text_append_string(&out, line->is_cut_before ? "..." : "");
    append_clean(&out, line->text + line->begin, line->end - line->begin);
    gen_text_append_string(&out, line->is_cut_behind ? "..." : "");
    put_line(to, "", &out);
    gen_text_finish(&out);
}

/* The caret, and a tilde below every further column of the span. */
static void put_caret(const printer *to, const view *line, gen_span span)
{
    gen_text out = {0};
    size_t end = span.size < line->end - span.offset ? span.offset + span.size
                                                     : line->end;
    size_t columns = columns_between(line->text, span.offset, end);

    gen_text_append_string(&out, line->is_cut_before ? "   " : "");
    append_gap(&out, line->text, line->begin, span.offset);
    gen_text_append_char(&out, '^');
    for (size_t i = 1; i < columns; i++)
        gen_text_append_char(&out, '~');
    put_line(to, CARET_GREEN, &out);
    gen_text_finish(&out);
}

/* Can the fix be shown below this line? */
static bool is_in_view(const gen_fix *fix, const gen_source_text *source,
                       const view *line)
{
    return fix->text[0] != '\0' && fix->span.source == source &&
           fix->span.offset >= line->begin && fix->span.offset <= line->end;
}

/* Of a fix of several lines the first one is shown. */
static size_t shown_size(const gen_fix *fix)
{
    return strcspn(fix->text, "\n");
}

/* The next fix in view at or after `fix`. */
static const gen_fix *find_in_view(const gen_fix *fix,
                                   const gen_source_text *source,
                                   const view *line)
{
    while (fix != NULL && !is_in_view(fix, source, line))
        fix = fix->next;
    return fix;
}

/* One row of replacements, each below the place where it goes; a fix that
 * collides with the one before it waits for the next row, which begins with the
 * fix that is returned (NULL: all were shown). */
static const gen_fix *put_fix_row(const printer *to, const view *line,
                                  const gen_source_text *source,
                                  const gen_fix *fix)
{
    gen_text out = {0};
    size_t at = line->begin;
    bool is_first = true;

    gen_text_append_string(&out, line->is_cut_before ? "   " : "");
    while (fix != NULL && (is_first || fix->span.offset > at)) {
        const size_t size = shown_size(fix);
        append_gap(&out, line->text, at, fix->span.offset);
        append_clean(&out, fix->text, size);
        at = after_columns(line->text, fix->span.offset, line->end,
                           columns_between(fix->text, 0, size));
        is_first = false;
        fix = find_in_view(fix->next, source, line);
    }
    put_line(to, FIX_GREEN, &out);
    gen_text_finish(&out);
    return fix;
}

static bool has_line(gen_span span)
{
    return span.source != NULL && span.source->text != NULL;
}

/* Beyond the end of its source no place can be shown. */
static gen_span clamp(gen_span span)
{
    if (has_line(span) && span.offset > span.source->size)
        span.offset = span.source->size;
    return span;
}

static void put_snippet(const printer *to, gen_span span, const gen_fix *fixes)
{
    if (!has_line(span))
        return;

    view line = view_line(span.source, span.offset);
    if (span.offset > line.end)
        span.offset = line.end; /* between the '\r' and the '\n' */
    put_source(to, &line);
    put_caret(to, &line, span);
    const gen_fix *fix = find_in_view(fixes, span.source, &line);
    while (fix != NULL)
        fix = put_fix_row(to, &line, span.source, fix);
}

static void put_place(const printer *to, gen_span span)
{
    gen_text out = {0};

    put_color(to, BOLD);
    if (span.source == NULL) {
        gen_text_append_string(&out, "memogen: ");
    } else {
        append_clean(&out, span.source->path, strlen(span.source->path));
        gen_text_append_string(&out, ":");
        if (has_line(span)) {
            unsigned line, column;
            gen_locate(span.source, span.offset, &line, &column);
            gen_text_append_format(&out, "%u:%u:", line, column);
        }
        gen_text_append_char(&out, ' ');
    }
    fwrite(out.data, 1, out.size, to->file);
    gen_text_finish(&out);
}

static void put_severity(const printer *to, gen_severity severity)
{
    static const char *const words[] = {[GEN_NOTE] = "note: ",
                                        [GEN_WARNING] = "warning: ",
                                        [GEN_ERROR] = "error: "};
    static const char *const colors[] = {
        [GEN_NOTE] = CYAN, [GEN_WARNING] = MAGENTA, [GEN_ERROR] = RED};

    put_color(to, colors[severity]);
    fputs(words[severity], to->file);
    put_color(to, severity == GEN_NOTE ? PLAIN : BOLD);
}

/* The line that says what is wrong and where. */
static void put_message(const printer *to, gen_severity severity,
                        const char *id, gen_span span, const char *text)
{
    gen_text out = {0};

    put_place(to, span);
    put_severity(to, severity);
    append_clean(&out, text, strlen(text));
    if (id != NULL)
        gen_text_append_format(&out, " [%s-W%s]",
                               severity == GEN_ERROR ? "-Werror," : "", id);
    fwrite(out.data, 1, out.size, to->file);
    put_color(to, PLAIN);
    fputc('\n', to->file);
    gen_text_finish(&out);
}

/* A fix elsewhere than on the complaint's line gets a note of its own. */
static void put_far_fixes(const printer *to, gen_span span,
                          const gen_fix *fixes)
{
    for (const gen_fix *fix = fixes; fix != NULL; fix = fix->next) {
        if (has_line(span)) {
            view line = view_line(span.source, span.offset);
            if (is_in_view(fix, span.source, &line))
                continue;
        }
        gen_fix alone = {clamp(fix->span), fix->text, NULL};
        const char *text = fix->text[0] == '\0'  ? "remove this"
                           : fix->span.size == 0 ? "insert this here"
                                                 : "replace this";
        put_message(to, GEN_NOTE, NULL, alone.span, text);
        put_snippet(to, alone.span, &alone);
    }
}

/* One complaint or note, without its notes. */
static void put_one(const printer *to, const gen_diagnostic *diagnostic)
{
    gen_span span = clamp(diagnostic->span);

    put_message(to, diagnostic->severity, diagnostic->id, span,
                diagnostic->text);
    put_snippet(to, span, diagnostic->fixes);
    put_far_fixes(to, span, diagnostic->fixes);
}

void gen_diagnostic_put(FILE *file, bool is_colored,
                        const gen_diagnostic *diagnostic)
{
    const printer to = {file, is_colored};

    put_one(&to, diagnostic);
    for (const gen_diagnostic *note = diagnostic->notes; note != NULL;
         note = note->next)
        put_one(&to, note);
}
