/* diagnostic_print.h -- one complaint as text in clang's form. */
#ifndef GEN_DIAGNOSTIC_PRINT_H
#define GEN_DIAGNOSTIC_PRINT_H

#include "diagnostic.h"

#include <stdbool.h>
#include <stdio.h>

/* Print a complaint with its line, caret, fixes and notes. */
void gen_diagnostic_put(FILE *file, bool is_colored,
                        const gen_diagnostic *diagnostic);

#endif
