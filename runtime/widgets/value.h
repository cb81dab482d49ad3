/* value.h -- the value of a widget, or of the state of a session, as bytes.
 *
 *     value = type, then
 *             a byte, a 64-bit integer, a double, the characters of a text,
 *             doubles one after the other, texts that each end in a NUL,
 *             files: name, type, digest of the content, its size
 *
 * Equal values have equal bytes: they are compared, kept and put into keys as
 * they are.
 */
#ifndef ST_WIDGETS_VALUE_H
#define ST_WIDGETS_VALUE_H

#include "base/hash.h"
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
    ST_VALUE_TEXTS = 'S',
    ST_VALUE_FILES = 'F'
} st_value_type;

/* A file without its content, which a session keeps (uploads.h). */
typedef struct {
    const char *name, *mime;
    memo_digest digest;
    uint64_t size;
} st_file_facts;

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
st_bytes st_value_doubles(st_arena *arena, const double *numbers, size_t count);
st_bytes st_value_files(st_arena *arena, const st_file_facts *files,
                        size_t count);

st_value_type st_value_type_of(st_bytes value);
bool st_value_is_equal(st_bytes a, st_bytes b);

/* The largest numbers that a browser counts exactly. */
#define ST_MOST_NUMBER 9007199254740991.0

bool st_number_is_whole(double number);

/* What it is; of another type, what stands in for it.  Whole numbers and
 * others, and one of many and a single one, are the same. */
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
size_t st_value_count_texts(st_bytes value);

/* All of them, NULL at the end.  Owner: the arena, and the value.
 * Errors: NULL: out of memory. */
const char *const *st_value_to_texts(st_arena *arena, st_bytes value);

/* The next of many files after `*at`, which is NULL at the begin; false: no
 * more.  Owner: the value. */
bool st_value_next_file(st_bytes value, const char **at, st_file_facts *out);

#endif
