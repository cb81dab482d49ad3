#include "widgets/value.h"

#include <string.h>

st_bytes st_value_make(st_arena *arena, st_value_type type, const void *bytes,
                       size_t size)
{
    unsigned char *made = st_arena_alloc(arena, size + 1);

    if (!made)
        return (st_bytes){NULL, 0};
    made[0] = (unsigned char)type;
    if (size > 0)
        memcpy(made + 1, bytes, size);
    return (st_bytes){made, size + 1};
}

st_bytes st_value_bool(st_arena *arena, bool value)
{
    const unsigned char byte = value;

    return st_value_make(arena, ST_VALUE_BOOL, &byte, 1);
}

st_bytes st_value_int(st_arena *arena, int64_t value)
{
    return st_value_make(arena, ST_VALUE_INT, &value, sizeof value);
}

st_bytes st_value_double(st_arena *arena, double value)
{
    return st_value_make(arena, ST_VALUE_DOUBLE, &value, sizeof value);
}

st_bytes st_value_text(st_arena *arena, const char *value)
{
    return value ? st_value_make(arena, ST_VALUE_TEXT, value, strlen(value))
                 : st_value_make(arena, ST_VALUE_NONE, NULL, 0);
}

st_bytes st_value_texts(st_arena *arena, const char *const *texts, size_t count)
{
    size_t size = 1;
    unsigned char *made, *at;

    for (size_t i = 0; i < count; i++)
        size += strlen(texts[i]) + 1;
    made = st_arena_alloc(arena, size);
    if (!made)
        return (st_bytes){NULL, 0};
    made[0] = ST_VALUE_TEXTS;
    at = made + 1;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(texts[i]) + 1;

        memcpy(at, texts[i], length);
        at += length;
    }
    return (st_bytes){made, size};
}

st_bytes st_value_doubles(st_arena *arena, const double *numbers, size_t count)
{
    return st_value_make(arena, ST_VALUE_DOUBLES, numbers,
                         count * sizeof *numbers);
}

/* What follows name and type of a file. */
typedef struct {
    memo_digest digest;
    uint64_t size;
} file_tail;

st_bytes st_value_files(st_arena *arena, const st_file_facts *files,
                        size_t count)
{
    size_t size = 1;
    char *made, *at;

    for (size_t i = 0; i < count; i++)
        size += strlen(files[i].name) + strlen(files[i].mime) + 2 +
                sizeof(file_tail);
    made = st_arena_alloc(arena, size);
    if (!made)
        return (st_bytes){NULL, 0};
    made[0] = ST_VALUE_FILES;
    at = made + 1;
    for (size_t i = 0; i < count; i++) {
        const file_tail tail = {files[i].digest, files[i].size};

        at = stpcpy(at, files[i].name) + 1;
        at = stpcpy(at, files[i].mime) + 1;
        memcpy(at, &tail, sizeof tail);
        at += sizeof tail;
    }
    return (st_bytes){made, size};
}

static const unsigned char *content(st_bytes value)
{
    return (const unsigned char *)value.at + 1;
}

st_value_type st_value_type_of(st_bytes value)
{
    return value.size > 0 ? (st_value_type) * (const unsigned char *)value.at
                          : ST_VALUE_NONE;
}

bool st_value_is_equal(st_bytes a, st_bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

bool st_value_to_bool(st_bytes value, bool otherwise)
{
    return st_value_type_of(value) == ST_VALUE_BOOL && value.size == 2
               ? *content(value) != 0
               : otherwise;
}

/* The number of a value that has one. */
static bool read_double(double *out, st_bytes value)
{
    st_value_type type = st_value_type_of(value);

    if ((type != ST_VALUE_DOUBLE && type != ST_VALUE_DOUBLES) ||
        value.size != 1 + sizeof *out)
        return false;
    memcpy(out, content(value), sizeof *out);
    return true;
}

static bool read_int(int64_t *out, st_bytes value)
{
    if (st_value_type_of(value) != ST_VALUE_INT ||
        value.size != 1 + sizeof *out)
        return false;
    memcpy(out, content(value), sizeof *out);
    return true;
}

bool st_number_is_whole(double number)
{
    return number >= -ST_MOST_NUMBER && number <= ST_MOST_NUMBER &&
           (double)(int64_t)number == number;
}

int64_t st_value_to_int(st_bytes value, int64_t otherwise)
{
    double fraction;
    int64_t whole;

    if (read_int(&whole, value))
        return whole;
    return read_double(&fraction, value) && st_number_is_whole(fraction)
               ? (int64_t)fraction
               : otherwise;
}

double st_value_to_double(st_bytes value, double otherwise)
{
    double number;
    int64_t whole;

    if (read_double(&number, value))
        return number;
    return read_int(&whole, value) ? (double)whole : otherwise;
}

const char *st_value_to_text(st_arena *arena, st_bytes value)
{
    char *text;

    if (st_value_count_texts(value) == 1)
        return st_arena_text(arena, st_value_next_text(value, NULL));
    if (st_value_type_of(value) != ST_VALUE_TEXT)
        return NULL;
    text = st_arena_alloc(arena, value.size);
    if (!text)
        return NULL;
    memcpy(text, content(value), value.size - 1);
    text[value.size - 1] = '\0';
    return text;
}

size_t st_value_count_doubles(st_bytes value)
{
    return st_value_type_of(value) == ST_VALUE_DOUBLES
               ? (value.size - 1) / sizeof(double)
               : 0;
}

double st_value_double_at(st_bytes value, size_t i)
{
    double number;

    memcpy(&number, content(value) + i * sizeof number, sizeof number);
    return number;
}

const char *st_value_next_text(st_bytes value, const char *at)
{
    const char *first, *end;

    if (st_value_type_of(value) != ST_VALUE_TEXTS || value.size < 2)
        return NULL;
    first = (const char *)content(value);
    end = first + value.size - 1;
    if (end[-1] != '\0')
        return NULL;
    at = at ? at + strlen(at) + 1 : first;
    return at < end ? at : NULL;
}

size_t st_value_count_texts(st_bytes value)
{
    size_t count = 0;

    for (const char *at = NULL; (at = st_value_next_text(value, at));)
        count++;
    return count;
}

const char *const *st_value_to_texts(st_arena *arena, st_bytes value)
{
    size_t count = 0;
    const char **texts = st_arena_alloc(
        arena, (st_value_count_texts(value) + 1) * sizeof *texts);

    if (!texts)
        return NULL;
    for (const char *at = NULL; (at = st_value_next_text(value, at));)
        texts[count++] = at;
    texts[count] = NULL;
    return texts;
}

bool st_value_next_file(st_bytes value, const char **at, st_file_facts *out)
{
    file_tail tail;

    if (st_value_type_of(value) != ST_VALUE_FILES)
        return false;
    out->name = *at ? *at : (const char *)content(value);
    if (out->name == (const char *)value.at + value.size)
        return false;
    out->mime = out->name + strlen(out->name) + 1;
    *at = out->mime + strlen(out->mime) + 1;
    memcpy(&tail, *at, sizeof tail);
    *at += sizeof tail;
    out->digest = tail.digest;
    out->size = tail.size;
    return true;
}
