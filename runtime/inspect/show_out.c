#include "inspect/show_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What is left for names and values on the way, and for closing. */
#define RESERVE ((size_t)16 << 10)

#define NAME_BYTES 256

/* ---- characters ---------------------------------------------------------- */

static void put_bytes(memo_show_out *out, const void *bytes, size_t size)
{
    memo_sink_put(out->sink, bytes, size);
    out->size += size;
}

static void put(memo_show_out *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}

/* Bytes of the character that begins here; 0: it is none to be shown, because
 * it is no UTF-8 or controls a terminal. */
static size_t character_bytes(const unsigned char *at, uint64_t left)
{
    /* The first byte, and what the second one may be. */
    static const struct {
        unsigned char first, last, low, high, size;
    } forms[] = {{0xC2, 0xC2, 0xA0, 0xBF, 2}, {0xC3, 0xDF, 0x80, 0xBF, 2},
                 {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
                 {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
                 {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4},
                 {0xF4, 0xF4, 0x80, 0x8F, 4}};

    if (*at < 0x80)
        return *at >= ' ' && *at != 0x7F;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t size = forms[i].size;

        if (*at < forms[i].first || *at > forms[i].last)
            continue;
        if (size > left || at[1] < forms[i].low || at[1] > forms[i].high)
            return 0;
        for (size_t k = 2; k < size; k++) {
            if ((at[k] & 0xC0) != 0x80)
                return 0;
        }
        return size;
    }
    return 0;
}

/* The letter behind a backslash that stands for a byte, or 0. */
static char letter_of(unsigned char byte)
{
    switch (byte) {
    case '\n':
        return 'n';
    case '\t':
        return 't';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return (char)byte;
    default:
        return 0;
    }
}

/* Octal in C, because what follows could be read as one more hex digit. */
static void put_escaped(memo_show_out *out, unsigned char byte)
{
    char letter = letter_of(byte), text[8];

    if (letter)
        snprintf(text, sizeof text, "\\%c", letter);
    else
        snprintf(text, sizeof text,
                 out->form == MEMO_SHOW_JSON ? "\\u%04x" : "\\%03o", byte);
    put(out, text);
}

static void put_characters(memo_show_out *out, const unsigned char *at,
                           uint64_t size)
{
    while (size > 0) {
        size_t bytes = letter_of(*at) ? 0 : character_bytes(at, size);

        if (bytes > 0) {
            put_bytes(out, at, bytes);
        } else {
            put_escaped(out, *at);
            bytes = 1;
        }
        at += bytes;
        size -= bytes;
    }
}

/* As many bytes as end with a whole character, if they are text. */
static uint64_t cut(const unsigned char *bytes, uint64_t size, uint64_t most)
{
    uint64_t end = most;

    if (size <= most)
        return size;
    while (end > most - 3 && (bytes[end] & 0xC0) == 0x80)
        end--;
    return end;
}

bool memo_show_is_text(const unsigned char *bytes, uint64_t size)
{
    while (size > 0) {
        size_t part = letter_of(*bytes) ? 1 : character_bytes(bytes, size);

        if (part == 0)
            return false;
        bytes += part;
        size -= part;
    }
    return true;
}

/* ---- structure ----------------------------------------------------------- */

static bool is_list(const memo_show_out *out)
{
    return out->depth > 0 && out->is_list[out->depth - 1];
}

static void put_separator(memo_show_out *out)
{
    if (out->has_any[out->depth - 1])
        put(out, ", ");
    out->has_any[out->depth - 1] = true;
}

/* No more fits: say so, once. */
static void end_here(memo_show_out *out)
{
    out->is_full = true;
    put_separator(out);
    if (out->form == MEMO_SHOW_TEXT)
        put(out, "...");
    else
        put(out, is_list(out) ? "\"...\"" : "\"...\": \"...\"");
}

static bool has_room(const memo_show_out *out)
{
    return out->size < MEMO_SHOW_BYTES - RESERVE;
}

/* False if nothing is to be written. */
static bool begin_value(memo_show_out *out)
{
    if (out->is_full)
        return false;
    if (is_list(out) && !out->has_begun) {
        if (!has_room(out)) {
            end_here(out);
            return false;
        }
        put_separator(out);
    }
    out->has_begun = false;
    return true;
}

static bool is_bare(const memo_show_out *out)
{
    return out->depth == 1 && out->form == MEMO_SHOW_TEXT;
}

static void push(memo_show_out *out, bool list)
{
    out->is_list[out->depth] = list;
    out->has_any[out->depth] = false;
    out->depth++;
    if (!is_bare(out))
        put(out, list ? "[" : "{");
}

void memo_show_begin(memo_show_out *out, memo_sink *sink, memo_show_form form)
{
    *out = (memo_show_out){.sink = sink, .form = form};
    push(out, false);
}

bool memo_show_open(memo_show_out *out, bool list)
{
    if (out->is_full)
        return false;
    if (out->depth == MEMO_SHOW_DEPTH) {
        memo_show_note(out, "...");
        return false;
    }
    if (!begin_value(out))
        return false;
    push(out, list);
    return true;
}

void memo_show_close(memo_show_out *out)
{
    if (!is_bare(out))
        put(out, is_list(out) ? "]" : "}");
    out->depth--;
}

void memo_show_name(memo_show_out *out, const char *name)
{
    const unsigned char *bytes = (const unsigned char *)name;
    uint64_t size = cut(bytes, strlen(name), NAME_BYTES);

    if (!out->is_full && !has_room(out))
        end_here(out);
    if (out->is_full)
        return;
    put_separator(out);
    if (size == 0 && out->form == MEMO_SHOW_TEXT)
        return;
    if (out->form == MEMO_SHOW_JSON)
        put(out, "\"");
    put_characters(out, bytes, size);
    put(out, out->form == MEMO_SHOW_JSON ? "\": " : " = ");
}

/* ---- values -------------------------------------------------------------- */

void memo_show_prefix(memo_show_out *out, const char *text)
{
    if (out->form == MEMO_SHOW_JSON || !begin_value(out))
        return;
    put(out, text);
    out->has_begun = true;
}

void memo_show_suffix(memo_show_out *out, const char *text)
{
    if (out->form == MEMO_SHOW_TEXT && !out->is_full)
        put(out, text);
}

void memo_show_word(memo_show_out *out, const char *word)
{
    if (begin_value(out))
        put(out, word);
}

static void put_string(memo_show_out *out, const char *text)
{
    if (out->form == MEMO_SHOW_JSON)
        put(out, "\"");
    put_characters(out, (const unsigned char *)text, strlen(text));
    if (out->form == MEMO_SHOW_JSON)
        put(out, "\"");
}

void memo_show_odd_word(memo_show_out *out, const char *word)
{
    if (begin_value(out))
        put_string(out, word);
}

void memo_show_null(memo_show_out *out)
{
    memo_show_word(out, out->form == MEMO_SHOW_JSON ? "null" : "NULL");
}

void memo_show_text(memo_show_out *out, const unsigned char *bytes,
                    uint64_t size)
{
    uint64_t shown = cut(bytes, size, MEMO_SHOW_TEXT_BYTES);
    char more[64] = "";

    if (!begin_value(out))
        return;
    if (shown < size)
        snprintf(more, sizeof more, "... %llu more",
                 (unsigned long long)(size - shown));
    put(out, "\"");
    put_characters(out, bytes, shown);
    if (out->form == MEMO_SHOW_JSON)
        put(out, more);
    put(out, "\"");
    if (out->form == MEMO_SHOW_TEXT)
        put(out, more);
}

void memo_show_note(memo_show_out *out, const char *format, ...)
{
    char text[160];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memo_show_odd_word(out, text);
}

void memo_show_more(memo_show_out *out, uint64_t count)
{
    memo_show_note(out, "... %llu more", (unsigned long long)count);
}
