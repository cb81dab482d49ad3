/* memoized.c -- what a programmer writes who has memogen. */
#include "functions.h"

#include <memo.h>

// @memo
double memoized_scalar(double x, int n)
{
    return plain_scalar(x, n);
}

// @memo(ttl=3600)
double memoized_scalar_ttl(double x, int n)
{
    return plain_scalar(x, n);
}

// @memo
double memoized_text(const char *text)
{
    return plain_text(text);
}

// @memo(ttl=3600)
double memoized_text_ttl(const char *text)
{
    return plain_text(text);
}

// @memo
double memoized_record(struct record record)
{
    return plain_record(record);
}

// @memo(ttl=3600)
double memoized_record_ttl(struct record record)
{
    return plain_record(record);
}

// @memo
double memoized_array(size_t count, const unsigned char bytes[count])
{
    return plain_array(count, bytes);
}

// @memo(ttl=3600)
double memoized_array_ttl(size_t count, const unsigned char bytes[count])
{
    return plain_array(count, bytes);
}

// @memo
double memoized_three(double x, int n, double y)
{
    return x + n + y;
}

// @memo(deref(three))
double memoized_deref(const struct three *three)
{
    return three->x + three->n + three->y;
}

static void clear(void)
{
    (void)memo_clear_all();
}

const struct way way_memogen = {
    .name = "memogen",
    .scalar = {memoized_scalar, memoized_scalar_ttl},
    .text = {memoized_text, memoized_text_ttl},
    .record = {memoized_record, memoized_record_ttl},
    .array = {memoized_array, memoized_array_ttl},
    .clear = clear,
};
