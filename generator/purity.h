/* purity.h -- which functions of the C library depend on more than their
 * arguments.
 *
 * Names of ISO C11, POSIX and the GNU C library, as sorted tables.  It knows
 * names only, no code.  Pure.
 */
#ifndef GEN_PURITY_H
#define GEN_PURITY_H

#include "closure.h"

#include <stddef.h>

typedef enum {
    GEN_PURITY_UNKNOWN,
    GEN_PURITY_PURE,  /* reads and writes what its arguments lead to, errno and
                         the heap; the locale counts as constant */
    GEN_PURITY_IMPURE /* for the reason that `kind` tells */
} gen_purity;

/* What the library's function `name` does.  Variants of a known function count
 * as that: "__builtin_memcpy", "__memcpy_chk", "sinf", "putc_unlocked",
 * "fopen64", "strtod_l".
 * Shape: `*kind` is set for GEN_PURITY_IMPURE only. */
gen_purity gen_purity_of_function(const char *name, gen_impurity_kind *kind);

/* What reading the library's variable `name` amounts to: "environ", "stderr".
 */
gen_purity gen_purity_of_variable(const char *name, gen_impurity_kind *kind);

typedef struct {
    gen_purity purity;
    gen_impurity_kind kind;
    const char *const *names; /* in the order of strcmp(), each once */
    size_t count;
} gen_purity_table;

extern const gen_purity_table gen_purity_functions[];
extern const size_t gen_purity_function_table_count;

#endif
