/* functions.h -- what is measured: four functions, remembered in four ways.
 *
 * Every way has the same prototypes, so that one loop measures them all.  The
 * functions themselves do next to nothing: what is left is the cost of
 * remembering.
 */
#ifndef MEMO_BENCH_FUNCTIONS_H
#define MEMO_BENCH_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* 1 KiB, of which 1020 bytes are value. */
struct record {
    int id;
    double values[127];
};

#define TTL_SECONDS 3600

enum { WITHOUT_TTL, WITH_TTL, TTLS };

struct way {
    const char *name;
    double (*scalar[TTLS])(double x, int n);
    double (*text[TTLS])(const char *text);
    double (*record[TTLS])(struct record record);
    double (*array[TTLS])(size_t count, const unsigned char *bytes);
    void (*clear)(void); /* forget everything */
};

/* The functions, never remembered. */
extern const struct way way_plain;
double plain_scalar(double x, int n);
double plain_text(const char *text);
double plain_record(struct record record);
double plain_array(size_t count, const unsigned char *bytes);

extern const struct way way_memogen; /* one annotation each */
extern const struct way way_uthash;  /* uthash and a mutex */
extern const struct way way_glib;    /* GHashTable and a mutex */

/* Not a way to remember anything: the digest of the bytes, as fast as xxHash
 * can be compiled. */
double reference_array(size_t count, const unsigned char *bytes);

/* The same three numbers, each for itself and behind a pointer. */
struct three {
    double x;
    int n;
    double y;
};
double memoized_three(double x, int n, double y);
double memoized_deref(const struct three *three);

#endif
