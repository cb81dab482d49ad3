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

int64_t st_value_to_int(st_bytes value, int64_t otherwise)
{
    int64_t number;

    if (st_value_type_of(value) != ST_VALUE_INT ||
        value.size != 1 + sizeof number)
        return otherwise;
    memcpy(&number, content(value), sizeof number);
    return number;
}

double st_value_to_double(st_bytes value, double otherwise)
{
    double number;

    if (st_value_type_of(value) != ST_VALUE_DOUBLE ||
        value.size != 1 + sizeof number)
        return otherwise;
    memcpy(&number, content(value), sizeof number);
    return number;
}

const char *st_value_to_text(st_arena *arena, st_bytes value)
{
    char *text;

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
    const char *first = (const char *)content(value);
    const char *end = first + value.size - 1;

    if (st_value_type_of(value) != ST_VALUE_TEXTS || value.size < 2 ||
        end[-1] != '\0')
        return NULL;
    at = at ? at + strlen(at) + 1 : first;
    return at < end ? at : NULL;
}
