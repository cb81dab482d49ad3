/* value.h -- the value of a widget, or of the state of a session, as bytes.
 *
 *     value = type, then
 *             a byte, a 64-bit integer, a double, the characters of a text,
 *             doubles one after the other, texts that each end in a NUL
 *
 * Equal values have equal bytes: they are compared, kept and put into keys as
 * they are.
 */
#ifndef ST_WIDGETS_VALUE_H
#define ST_WIDGETS_VALUE_H

#include "elements/arena.h"
#include "elements/recording.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    ST_VALUE_NONE = '-',
    ST_VALUE_BOOL = 'b',
    ST_VALUE_INT = 'i',
    ST_VALUE_DOUBLE = 'd',
    ST_VALUE_TEXT = 's',
    ST_VALUE_DOUBLES = 'D',
    ST_VALUE_TEXTS = 'S'
} st_value_type;

/* Make a value in an arena.
 * Errors: a value of no bytes: out of memory. */
st_bytes st_value_make(st_arena *arena, st_value_type type, const void *bytes,
                       size_t size);
st_bytes st_value_bool(st_arena *arena, bool value);
st_bytes st_value_int(st_arena *arena, int64_t value);
st_bytes st_value_double(st_arena *arena, double value);
st_bytes st_value_text(st_arena *arena, const char *value); /* NULL: none */
st_bytes st_value_texts(st_arena *arena, const char *const *texts,
                        size_t count);

st_value_type st_value_type_of(st_bytes value);
bool st_value_is_equal(st_bytes a, st_bytes b);

/* What it is; of another type, what stands in for it. */
bool st_value_to_bool(st_bytes value, bool otherwise);
int64_t st_value_to_int(st_bytes value, int64_t otherwise);
double st_value_to_double(st_bytes value, double otherwise);
/* Owner: the arena.  NULL: it is no text. */
const char *st_value_to_text(st_arena *arena, st_bytes value);

/* A double of many; the number of them. */
size_t st_value_count_doubles(st_bytes value);
double st_value_double_at(st_bytes value, size_t i);

/* The next of many texts after `at`, which is NULL at the begin; NULL: no more.
 * Owner: the value. */
const char *st_value_next_text(st_bytes value, const char *at);

#endif
