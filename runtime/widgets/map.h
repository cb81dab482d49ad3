/* map.h -- things by their names. */
#ifndef ST_WIDGETS_MAP_H
#define ST_WIDGETS_MAP_H

#include <stdbool.h>
#include <stddef.h>

/* What every item begins with. */
typedef struct st_map_item {
    struct st_map_item *next;
    char *name; /* the item's own, from malloc() */
} st_map_item;

/* Zero is an empty one. */
typedef struct {
    st_map_item **buckets;
    size_t mask, count;
} st_map;

/* NULL: there is none. */
void *st_map_find(const st_map *map, const char *name);

/* The item of this name, a new one of `size` zero bytes if there is none.
 * Errors: NULL: out of memory. */
void *st_map_add(st_map *map, const char *name, size_t size);

/* Free those items that `is_over` says so of, after it has freed what is
 * theirs; all items when it is NULL. */
void st_map_remove(st_map *map, bool (*is_over)(void *item, void *context),
                   void *context);

/* Call for every item, in any order. */
void st_map_each(const st_map *map, void (*visit)(void *item, void *context),
                 void *context);

#endif
