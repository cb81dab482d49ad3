/* link.h -- what the files of one run know of each other.
 *
 * A linker's work, by name and before there is code: a file that declares a
 * function or object finds the file that defines it.  For reports; generated
 * code leaves this to the real linker.
 */
#ifndef GEN_LINK_H
#define GEN_LINK_H

#include "unit.h"

#include <stddef.h>

/* Set `linked` of everything that one file names, none of its own defines, and
 * exactly one other unit exports; `is_ambiguous` where several do; `is_excused`
 * of functions annotated with impure_ok.  After the closures have been
 * computed. */
void gen_link_units(gen_unit *units, size_t count);

#endif
