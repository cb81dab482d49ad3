/* warning.c -- the warnings that memogen can give. */
#include "warning.h"

const gen_warning_kind gen_warning_kinds[] = {
    {"memo-borrow", "a result that is shared can be changed by who gets it"},
    {"memo-compiler", "code in the key depends on which compiler reads it"},
    {"memo-flags", "the compilation database does not hold the file"},
    {"memo-impure", "a result depends on more than the arguments"},
    {"memo-length", "a text is followed by what may be its length"},
    {"memo-place", "a place on the page is left without st_end()"},
    {"memo-time", "code in the key contains the time of the build"},
};

const size_t gen_warning_kind_count =
    sizeof gen_warning_kinds / sizeof *gen_warning_kinds;
