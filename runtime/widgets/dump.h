/* dump.h -- messages as text, whatever they say. */
#ifndef ST_WIDGETS_DUMP_H
#define ST_WIDGETS_DUMP_H

#include "elements/page.h"

#include <stdio.h>

/* A line for an element, or for a container and then all that is in it. */
void st_dump(FILE *out, const st_node *node, unsigned indent);

/* The member of an element's or container's message of this name, if that is a
 * text; NULL.
 * Owner: `arena`. */
const char *st_dump_member(st_arena *arena, const st_node *node,
                           const char *name);

#endif
