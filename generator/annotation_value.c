/* annotation_value.c -- the values of options: times, sizes, texts, claims. */
#include "annotation_value.h"

#include "lex.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a number counts in. */
typedef struct {
    const char *name;
    uint64_t size;
} unit;

/* In nanoseconds. */
static const unit times[] = {
    {"", 1000000000},
    {"ms", 1000000},
    {"s", 1000000000},
    {"m", UINT64_C(60) * 1000000000},
    {"h", UINT64_C(3600) * 1000000000},
    {"d", UINT64_C(86400) * 1000000000},
    {"w", UINT64_C(604800) * 1000000000},
};

/* In bytes. */
static const unit sizes[] = {
    {"", 1},
    {"B", 1},
    {"KB", 1000},
    {"MB", 1000000},
    {"GB", 1000000000},
    {"TB", 1000000000000},
    {"KiB", 1024},
    {"MiB", 1024 * 1024},
    {"GiB", 1024 * 1024 * 1024},
    {"TiB", UINT64_C(1024) * 1024 * 1024 * 1024},
};

/* Longer numbers and units are mistakes. */
#define MAX_PART_BYTES 40

/* A text and how far it has been read. */
typedef struct {
    const char *text;
    size_t at, size;
} cursor;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool sees(const cursor *from, bool (*is)(char))
{
    return from->at < from->size && is(from->text[from->at]);
}

static void skip_all(cursor *from, bool (*is)(char))
{
    while (sees(from, is))
        from->at++;
}

/* Read digits with an optional fraction.  What is read has no sign and no
 * letter, so strtold() sees neither "nan" nor "0x". */
static bool read_number(cursor *from, long double *out)
{
    char digits[MAX_PART_BYTES + 1] = {0};
    const size_t begin = from->at;

    skip_all(from, is_digit);
    if (from->at < from->size && from->text[from->at] == '.') {
        from->at++;
        skip_all(from, is_digit);
    }
    size_t size = from->at - begin;
    if (size == 0 || size > MAX_PART_BYTES ||
        (size == 1 && from->text[begin] == '.'))
        return false;
    memcpy(digits, from->text + begin, size);
    *out = strtold(digits, NULL);
    return true;
}

/* Read letters; false if they are too many to be a unit. */
static bool read_unit(cursor *from, char out[MAX_PART_BYTES + 1])
{
    const size_t begin = from->at;

    skip_all(from, is_letter);
    size_t size = from->at - begin;
    if (size > MAX_PART_BYTES)
        return false;
    memcpy(out, from->text + begin, size);
    out[size] = '\0';
    return true;
}

/* The texts of "60" and 60 are the same. */
static cursor without_quotes(const char *text, size_t size)
{
    if (size >= 2 && text[0] == '"' && text[size - 1] == '"')
        return (cursor){text + 1, 0, size - 2};
    return (cursor){text, 0, size};
}

static const char *read_time_part(gen_arena *arena, cursor *from,
                                  long double *total, bool *has_unit)
{
    long double number;
    char name[MAX_PART_BYTES + 1];

    if (!read_number(from, &number))
        return "a time is expected, as in 60, 0.5, 90s or \"1d12h\"";
    skip_all(from, is_blank);
    if (!read_unit(from, name))
        return "a time has the units ms, s, m, h, d and w";
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (strcmp(times[i].name, name) == 0) {
            *total += number * (long double)times[i].size;
            *has_unit = name[0] != '\0';
            return NULL;
        }
    }
    return gen_arena_format(
        arena, "'%s' is no unit of time; those are ms, s, m, h, d and w", name);
}

const char *gen_value_time(gen_arena *arena, uint64_t *out, const char *text,
                           size_t size)
{
    cursor from = without_quotes(text, size);
    long double total = 0;
    size_t parts = 0;
    bool has_unit = true;

    skip_all(&from, is_blank);
    if (from.at < from.size && from.text[from.at] == '-')
        return "a time above 0 is expected";
    do {
        if (!has_unit)
            return "every part of a time needs a unit, as in \"1d12h\"";
        const char *wrong = read_time_part(arena, &from, &total, &has_unit);
        if (wrong != NULL)
            return wrong;
        skip_all(&from, is_blank);
        parts++;
    } while (from.at < from.size);
    if (parts > 1 && !has_unit)
        return "every part of a time needs a unit, as in \"1d12h\"";
    if (total == 0)
        return "a time above 0 is expected";
    if (total < 1)
        return "a time of at least a nanosecond is expected";
    if (total >= 0x1p63L)
        return "a time of less than 292 years is expected";
    *out = (uint64_t)(total + 0.5L);
    return NULL;
}

const char *gen_value_count(gen_arena *arena, uint64_t *out, const char *text,
                            size_t size)
{
    uint64_t number = 0;

    (void)arena;
    for (size_t i = 0; i < size; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9)
            return "a whole number is expected, as in 1000";
        if (number > (UINT64_MAX - digit) / 10)
            return "the number is too large";
        number = number * 10 + digit;
    }
    if (size == 0 || number == 0)
        return "a number of at least 1 is expected";
    *out = number;
    return NULL;
}

const char *gen_value_bytes(gen_arena *arena, uint64_t *out, const char *text,
                            size_t size)
{
    cursor from = without_quotes(text, size);
    long double number;
    char name[MAX_PART_BYTES + 1];

    skip_all(&from, is_blank);
    if (!read_number(&from, &number))
        return "a size is expected, as in 1000000, 64MB or 64MiB";
    skip_all(&from, is_blank);
    bool has_unit = read_unit(&from, name);
    skip_all(&from, is_blank);
    if (!has_unit || from.at < from.size)
        return "a size is expected, as in 1000000, 64MB or 64MiB";
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (strcasecmp(sizes[i].name, name) != 0)
            continue;
        long double bytes = number * (long double)sizes[i].size;
        if (bytes < 1)
            return "a size of at least 1 byte is expected";
        if (bytes >= 0x1p63L)
            return "the size is too large";
        *out = (uint64_t)bytes;
        return NULL;
    }
    return gen_arena_format(arena,
                            "'%s' is no unit of size; those are KB, MB, GB, TB "
                            "and KiB, MiB, GiB, TiB",
                            name);
}

const char *gen_value_bool(bool *out, const char *text, size_t size)
{
    static const char *const words[] = {"false", "False", "0",
                                        "true",  "True",  "1"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == size && memcmp(words[i], text, size) == 0) {
            *out = i >= 3;
            return NULL;
        }
    }
    return "true or false is expected";
}

static int digit_value(char byte)
{
    if (is_digit(byte))
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return 16;
}

/* Read up to `most` digits; how many there were. */
static size_t read_digits(cursor *from, size_t most, int base, uint32_t *out)
{
    size_t count = 0;

    *out = 0;
    while (count < most && from->at < from->size) {
        int digit = digit_value(from->text[from->at]);
        if (digit >= base)
            break;
        *out = *out * (uint32_t)base + (uint32_t)digit;
        from->at++;
        count++;
    }
    return count;
}

static void append_utf8(gen_text *out, uint32_t character)
{
    if (character < 0x80) {
        gen_text_append_char(out, (char)character);
        return;
    }
    int shift = character < 0x800 ? 6 : character < 0x10000 ? 12 : 18;
    uint32_t lead = shift == 6 ? 0xc0 : shift == 12 ? 0xe0 : 0xf0;
    gen_text_append_char(out, (char)(lead | character >> shift));
    for (shift -= 6; shift >= 0; shift -= 6)
        gen_text_append_char(out, (char)(0x80 | (character >> shift & 0x3f)));
}

/* Read an escape that is written with digits, from its first letter on. */
static const char *read_numbered_escape(cursor *from, gen_text *out)
{
    const char letter = from->text[from->at];
    uint32_t value;
    size_t digits;
    bool is_byte = true;

    if (letter == 'x') {
        from->at++;
        digits = read_digits(from, 2, 16, &value);
    } else if (letter == 'u' || letter == 'U') {
        const size_t wanted = letter == 'u' ? 4 : 8;
        from->at++;
        digits = read_digits(from, wanted, 16, &value) == wanted;
        is_byte = false;
    } else {
        digits = read_digits(from, 3, 8, &value);
    }
    bool is_surrogate = !is_byte && value >= 0xd800 && value < 0xe000;
    if (digits == 0 || value > (is_byte ? 0xff : 0x10ffff) || is_surrogate)
        return "an escape in the text is no character";
    if (value == 0)
        return "a NUL character cannot be part of the text";
    if (is_byte)
        gen_text_append_char(out, (char)value);
    else
        append_utf8(out, value);
    return NULL;
}

/* Read an escape, from behind its backslash on. */
static const char *read_escape(cursor *from, gen_text *out)
{
    static const char letters[] = "abfnrtv\\'\"?";
    static const char bytes[] = "\a\b\f\n\r\t\v\\'\"?";
    const char letter = from->text[from->at];
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);

    if (found == NULL)
        return read_numbered_escape(from, out);
    gen_text_append_char(out, bytes[found - letters]);
    from->at++;
    return NULL;
}

/* Append what the literal says.  Its last byte is a quote only if it is closed:
 * an escaped one is read with its backslash. */
static const char *read_literal(cursor from, gen_text *out)
{
    from.at = 1;
    while (from.at < from.size && from.text[from.at] != '"') {
        const char byte = from.text[from.at++];
        if (byte == '\0')
            return "a NUL character cannot be part of the text";
        if (byte != '\\') {
            gen_text_append_char(out, byte);
        } else if (from.at < from.size) {
            const char *wrong = read_escape(&from, out);
            if (wrong != NULL)
                return wrong;
        }
    }
    return from.at < from.size ? NULL : "nothing closes the quotes";
}

const char *gen_value_string(gen_arena *arena, const char **out,
                             const char *text, size_t size)
{
    gen_text said = {0};
    const char *wrong = NULL;
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token token = gen_lexer_next(&lexer);

    if (token.kind == GEN_TOKEN_END)
        wrong = "a text in double quotes is expected";
    for (; token.kind != GEN_TOKEN_END && wrong == NULL;
         token = gen_lexer_next(&lexer)) {
        if (token.kind != GEN_TOKEN_STRING || text[token.offset] != '"')
            wrong = "a text in double quotes is expected";
        else
            wrong = read_literal((cursor){text + token.offset, 0, token.size},
                                 &said);
    }
    if (wrong == NULL)
        *out = gen_arena_copy(arena, said.data, said.size);
    gen_text_finish(&said);
    return wrong;
}

bool gen_value_is_name(const char *text, size_t size)
{
    gen_lexer lexer = gen_lexer_begin(text, 0, size);
    gen_token token = gen_lexer_next(&lexer);

    return token.kind == GEN_TOKEN_IDENTIFIER && token.offset == 0 &&
           token.size == size;
}
