/* sample_types.h -- C types with their tables, as memogen would write them.
 *
 * Each sample says how to set its fields from numbers, one number a field, so
 * that a test can change one field and nothing else.
 */
#ifndef MEMO_TESTS_SAMPLE_TYPES_H
#define MEMO_TESTS_SAMPLE_TYPES_H

#include "memo/generated.h"

#include <complex.h>
#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if LDBL_MANT_DIG == 64
#define SAMPLE_LONG_DOUBLE 10
#else
#define SAMPLE_LONG_DOUBLE sizeof(long double)
#endif

__extension__ typedef __int128 sample_wide;

#define SCALAR(name, kind)                                                     \
    {                                                                          \
#name, MEMO_KIND_##kind, 0, sizeof(name), NULL, NULL, NULL             \
    }
#define FIELD(owner, field, type)                                              \
    {                                                                          \
#field, &type, offsetof(struct owner, field), 1, NULL, NULL, NULL      \
    }
#define ARRAY(owner, field, type, count)                                       \
    {                                                                          \
#field, &type, offsetof(struct owner, field), count, NULL, NULL, NULL  \
    }
#define BITS(owner, field, type)                                               \
    {                                                                          \
#field, &type, 0, 1, owner##_get_##field, owner##_set_##field, NULL    \
    }
#define STRUCT(name, fields)                                                   \
    {                                                                          \
        "struct " #name, MEMO_KIND_STRUCT, sizeof fields / sizeof *fields,     \
            sizeof(struct name), fields, NULL, NULL                            \
    }

static const struct memo_type type_char = SCALAR(char, SIGNED);
static const struct memo_type type_bool = SCALAR(bool, BOOL);
static const struct memo_type type_short = SCALAR(short, SIGNED);
static const struct memo_type type_int = SCALAR(int, SIGNED);
static const struct memo_type type_unsigned = SCALAR(unsigned, UNSIGNED);
static const struct memo_type type_wide = SCALAR(sample_wide, SIGNED);
static const struct memo_type type_float = SCALAR(float, FLOAT);
static const struct memo_type type_double = SCALAR(double, FLOAT);
static const struct memo_type type_long_double =
    SCALAR(long double, LONG_DOUBLE);
static const struct memo_type type_complex = SCALAR(double complex, COMPLEX);
static const struct memo_type type_long_complex =
    SCALAR(long double complex, LONG_DOUBLE_COMPLEX);
static const struct memo_type type_address = SCALAR(void *, ADDRESS);

struct point {
    int x, y;
};
static const struct memo_field point_fields[] = {FIELD(point, x, type_int),
                                                 FIELD(point, y, type_int)};
static const struct memo_type type_point = STRUCT(point, point_fields);

/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): it is meant */
struct padded {
    char letter;
    double number;
    short tail;
};
static const struct memo_field padded_fields[] = {
    FIELD(padded, letter, type_char), FIELD(padded, number, type_double),
    FIELD(padded, tail, type_short)};
static const struct memo_type type_padded = STRUCT(padded, padded_fields);

struct nested {
    struct padded first;
    int number;
    struct point points[3];
    struct padded rest[2];
};
static const struct memo_field nested_fields[] = {
    FIELD(nested, first, type_padded), FIELD(nested, number, type_int),
    ARRAY(nested, points, type_point, 3), ARRAY(nested, rest, type_padded, 2)};
static const struct memo_type type_nested = STRUCT(nested, nested_fields);

struct bits {
    unsigned low : 3;
    int middle : 5;
    bool flag : 1;
    unsigned high : 20;
    char tail;
};
#define BITS_ACCESS(field)                                                     \
    static memo_u64 bits_get_##field(const void *object)                       \
    {                                                                          \
        return (memo_u64)((const struct bits *)object)->field;                 \
    }                                                                          \
    static void bits_set_##field(void *object, memo_u64 value)                 \
    {                                                                          \
        bits_move_##field(object, value);                                      \
    }
static inline void bits_move_low(struct bits *bits, memo_u64 value)
{
    bits->low = value & 7;
}
/* gcc warns of any int that is stored in a signed bit-field. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
static inline void bits_move_middle(struct bits *bits, memo_u64 value)
{
    int number = (int)(value & 31);

    bits->middle = (number ^ 16) - 16;
}
#pragma GCC diagnostic pop
static inline void bits_move_flag(struct bits *bits, memo_u64 value)
{
    bits->flag = value != 0;
}
static inline void bits_move_high(struct bits *bits, memo_u64 value)
{
    bits->high = value & 0xFFFFF;
}
BITS_ACCESS(low)
BITS_ACCESS(middle)
BITS_ACCESS(flag)
BITS_ACCESS(high)
static const struct memo_field bits_fields[] = {
    BITS(bits, low, type_unsigned), BITS(bits, middle, type_int),
    BITS(bits, flag, type_bool), BITS(bits, high, type_unsigned),
    FIELD(bits, tail, type_char)};
static const struct memo_type type_bits = STRUCT(bits, bits_fields);

/* As many canonical bytes as it has in memory, and yet not the same ones. */
struct flagged {
    unsigned flag : 1;
    double number;
};
static memo_u64 flagged_get_flag(const void *object)
{
    return ((const struct flagged *)object)->flag;
}
static void flagged_set_flag(void *object, memo_u64 value)
{
    ((struct flagged *)object)->flag = value & 1;
}
static const struct memo_field flagged_fields[] = {
    BITS(flagged, flag, type_unsigned), FIELD(flagged, number, type_double)};
static const struct memo_type type_flagged = STRUCT(flagged, flagged_fields);

struct mixed {
    float matrix[2][3];
    char name[5];
    bool flags[3];
    long double sum;
    struct bits bits[2];
};
static const struct memo_field mixed_fields[] = {
    ARRAY(mixed, matrix, type_float, 6), ARRAY(mixed, name, type_char, 5),
    ARRAY(mixed, flags, type_bool, 3), FIELD(mixed, sum, type_long_double),
    ARRAY(mixed, bits, type_bits, 2)};
static const struct memo_type type_mixed = STRUCT(mixed, mixed_fields);

struct flags {
    bool on, off;
};
static const struct memo_field flags_fields[] = {FIELD(flags, on, type_bool),
                                                 FIELD(flags, off, type_bool)};
static const struct memo_type type_flags = STRUCT(flags, flags_fields);

/* ---- how to set them ----------------------------------------------------- */

enum { SAMPLE_NUMBERS = 32 };

#define SET_SCALAR(name, type)                                                 \
    static void set_##name(void *object, const uint64_t *numbers)              \
    {                                                                          \
        *(type *)object = (type)numbers[0];                                    \
    }
SET_SCALAR(bool, bool)
SET_SCALAR(int, int)
SET_SCALAR(wide, sample_wide)
SET_SCALAR(double, double)
SET_SCALAR(long_double, long double)

static void set_complex(void *object, const uint64_t *numbers)
{
    *(double complex *)object = (double)numbers[0] + I * (double)numbers[1];
}

static void set_long_complex(void *object, const uint64_t *numbers)
{
    long double *parts = object;

    parts[0] = (long double)numbers[0];
    parts[1] = (long double)numbers[1];
}

static void set_address(void *object, const uint64_t *numbers)
{
    *(void **)object = (void *)(uintptr_t)numbers[0];
}

static void set_point(void *object, const uint64_t *numbers)
{
    struct point *point = object;

    point->x = (int)numbers[0];
    point->y = (int)numbers[1];
}

static void set_padded(void *object, const uint64_t *numbers)
{
    struct padded *padded = object;

    padded->letter = (char)numbers[0];
    padded->number = (double)numbers[1];
    padded->tail = (short)numbers[2];
}

static void set_nested(void *object, const uint64_t *numbers)
{
    struct nested *nested = object;

    set_padded(&nested->first, numbers);
    nested->number = (int)numbers[3];
    for (int i = 0; i < 3; i++)
        set_point(&nested->points[i], numbers + 4 + 2 * i);
    for (int i = 0; i < 2; i++)
        set_padded(&nested->rest[i], numbers + 10 + 3 * i);
}

static void set_bits(void *object, const uint64_t *numbers)
{
    bits_set_low(object, numbers[0]);
    bits_set_middle(object, numbers[1]);
    bits_set_flag(object, numbers[2] & 1);
    bits_set_high(object, numbers[3]);
    ((struct bits *)object)->tail = (char)numbers[4];
}

static void set_flagged(void *object, const uint64_t *numbers)
{
    flagged_set_flag(object, numbers[0]);
    ((struct flagged *)object)->number = (double)numbers[1];
}

static void set_mixed(void *object, const uint64_t *numbers)
{
    struct mixed *mixed = object;

    for (int i = 0; i < 6; i++)
        mixed->matrix[i / 3][i % 3] = (float)(numbers[i] & 0xFFFF);
    for (int i = 0; i < 5; i++)
        mixed->name[i] = (char)numbers[6 + i];
    for (int i = 0; i < 3; i++)
        mixed->flags[i] = numbers[11 + i] & 1;
    mixed->sum = (long double)numbers[14];
    set_bits(&mixed->bits[0], numbers + 15);
    set_bits(&mixed->bits[1], numbers + 20);
}

static void set_flags(void *object, const uint64_t *numbers)
{
    ((struct flags *)object)->on = numbers[0] & 1;
    ((struct flags *)object)->off = numbers[1] & 1;
}

static const struct sample {
    const struct memo_type *type;
    void (*set)(void *object, const uint64_t *numbers);
    size_t numbers; /* that `set` uses; changing bit 0 of one changes a field */
    size_t bytes;   /* canonical */
    bool is_plain;
} samples[] = {
    {&type_bool, set_bool, 0, 1, false},
    {&type_int, set_int, 1, 4, true},
    {&type_wide, set_wide, 1, 16, true},
    {&type_double, set_double, 1, 8, true},
    {&type_long_double, set_long_double, 1, SAMPLE_LONG_DOUBLE,
     SAMPLE_LONG_DOUBLE == sizeof(long double)},
    {&type_complex, set_complex, 2, 16, true},
    {&type_long_complex, set_long_complex, 2, 2 * SAMPLE_LONG_DOUBLE,
     SAMPLE_LONG_DOUBLE == sizeof(long double)},
    {&type_address, set_address, 1, sizeof(void *), true},
    {&type_point, set_point, 2, 8, true},
    {&type_padded, set_padded, 3, 11, false},
    {&type_nested, set_nested, 16, 61, false},
    {&type_bits, set_bits, 5, 33, false},
    {&type_flagged, set_flagged, 2, 16, false},
    {&type_mixed, set_mixed, 25, 24 + 5 + 3 + SAMPLE_LONG_DOUBLE + 66, false},
    {&type_flags, set_flags, 2, 2, false},
};

enum { SAMPLES = sizeof samples / sizeof *samples };

#endif
