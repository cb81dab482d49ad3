/* templates.h -- the templates that memogen carries with it.
 *
 * The table is made from templates/ when memogen is built.
 */
#ifndef GEN_TEMPLATES_H
#define GEN_TEMPLATES_H

#include <stddef.h>

typedef struct {
    const char *name; /* of the file in templates/, as "wrapper.c.tmpl" */
    const char *text;
} gen_template_file;

extern const gen_template_file gen_template_files[];
extern const size_t gen_template_file_count;

#endif
