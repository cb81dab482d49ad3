#include "widgets/query_text.h"

#include <ctype.h>
#include <string.h>

/* ---- UTF-8 --------------------------------------------------------------- */

static bool is_between(const unsigned char *bytes, size_t size, size_t at,
                       unsigned low, unsigned high)
{
    return at < size && bytes[at] >= low && bytes[at] <= high;
}

/* How many bytes the first character has; 0: it is none.
 * Source: The Unicode Standard 15.0, table 3-7. */
static size_t character_size(const unsigned char *bytes, size_t size)
{
    static const struct {
        unsigned char first, last, low, high; /* of the second byte */
        size_t size;
    } forms[] = {{0x01, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2},
                 {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
                 {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
                 {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
                 {0xf4, 0xf4, 0x80, 0x8f, 4}};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!is_between(bytes, size, 0, forms[i].first, forms[i].last))
            continue;
        if (forms[i].size > 1 &&
            !is_between(bytes, size, 1, forms[i].low, forms[i].high))
            return 0;
        for (size_t k = 2; k < forms[i].size; k++) {
            if (!is_between(bytes, size, k, 0x80, 0xbf))
                return 0;
        }
        return forms[i].size;
    }
    return 0;
}

/* Copy bytes, and a NUL; there is room for three times as many. */
static char *put_text(char *out, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        size_t length = character_size(bytes, size);

        if (length > 0) {
            memcpy(out, bytes, length);
            out += length;
        } else {
            memcpy(out, "\xef\xbf\xbd", 3);
            out += 3;
            length = 1;
        }
        bytes += length;
        size -= length;
    }
    *out++ = '\0';
    return out;
}

/* ---- from a URL ---------------------------------------------------------- */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The bytes that a part of the text stands for; returns how many. */
static size_t unescape(unsigned char *out, const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++) {
        if (text[i] == '%' && size - i > 2 && digit(text[i + 1]) >= 0 &&
            digit(text[i + 2]) >= 0) {
            out[count++] =
                (unsigned char)(16 * digit(text[i + 1]) + digit(text[i + 2]));
            i += 2;
        } else {
            out[count++] = text[i] == '+' ? ' ' : (unsigned char)text[i];
        }
    }
    return count;
}

bool st_query_decode(st_bytes *out, st_arena *arena, const char *text)
{
    size_t size;
    unsigned char *bytes;
    char *made, *at;

    text = text && *text == '?' ? text + 1 : text ? text : "";
    size = strlen(text);
    bytes = st_arena_alloc(arena, size + 1);
    made = at = st_arena_alloc(arena, 3 * size + 2);
    if (!bytes || !made)
        return false;
    while (*text) {
        size_t length = strcspn(text, "&");
        const char *equals = memchr(text, '=', length);
        size_t name = equals ? (size_t)(equals - text) : length;
        size_t value = equals ? length - name - 1 : 0;

        if (length > 0) {
            at = put_text(at, bytes, unescape(bytes, text, name));
            at = put_text(at, bytes,
                          unescape(bytes, text + length - value, value));
        }
        text += length + (text[length] == '&');
    }
    *out = (st_bytes){made, (size_t)(at - made)};
    return true;
}

/* ---- to a URL ------------------------------------------------------------ */

static char *put_escaped(char *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        if ((byte < 0x80 && isalnum(byte)) || strchr("*-._", byte)) {
            *out++ = *text;
        } else if (byte == ' ') {
            *out++ = '+';
        } else {
            *out++ = '%';
            *out++ = digits[byte >> 4];
            *out++ = digits[byte & 15];
        }
    }
    return out;
}

const char *st_query_next(st_bytes pairs, const char *at)
{
    const char *first = pairs.at;

    if (pairs.size == 0)
        return NULL;
    at = at ? at + strlen(at) + 1 : first;
    return (size_t)(at - first) < pairs.size ? at : NULL;
}

char *st_query_encode(st_arena *arena, st_bytes pairs)
{
    char *made = st_arena_alloc(arena, 3 * pairs.size + 1), *out = made;
    const char *at = NULL;
    bool is_name = true;

    if (!made)
        return NULL;
    while ((at = st_query_next(pairs, at))) {
        if (out > made)
            *out++ = is_name ? '&' : '=';
        else if (!is_name)
            *out++ = '=';
        out = put_escaped(out, at);
        is_name = !is_name;
    }
    *out = '\0';
    return made;
}
