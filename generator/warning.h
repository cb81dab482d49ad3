/* warning.h -- the warnings that memogen can give.
 *
 * -W options name them, --help and the manual list them.
 */
#ifndef GEN_WARNING_H
#define GEN_WARNING_H

#include <stddef.h>

typedef struct {
    const char *id; /* "memo-impure": -Wmemo-impure, -Wno-memo-impure */
    const char *help;
} gen_warning_kind;

/* Every id that gen_warning() is called with. */
extern const gen_warning_kind gen_warning_kinds[];
extern const size_t gen_warning_kind_count;

#endif
