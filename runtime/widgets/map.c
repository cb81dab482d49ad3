#include "widgets/map.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static st_map_item **bucket_of(st_map_item **buckets, size_t mask,
                               const char *name)
{
    return &buckets[memo_hash_bytes(name, strlen(name)).low & mask];
}

void *st_map_find(const st_map *map, const char *name)
{
    st_map_item *item =
        map->buckets ? *bucket_of(map->buckets, map->mask, name) : NULL;

    while (item && strcmp(item->name, name) != 0)
        item = item->next;
    return item;
}

static bool make_room(st_map *map)
{
    size_t size = map->buckets ? 2 * (map->mask + 1) : 16;
    st_map_item **buckets;

    if (map->buckets && map->count <= map->mask)
        return true;
    buckets = calloc(size, sizeof *buckets);
    if (!buckets)
        return map->buckets != NULL;
    for (size_t i = 0; map->buckets && i <= map->mask; i++) {
        while (map->buckets[i]) {
            st_map_item *item = map->buckets[i];
            st_map_item **to = bucket_of(buckets, size - 1, item->name);

            map->buckets[i] = item->next;
            item->next = *to;
            *to = item;
        }
    }
    free(map->buckets);
    map->buckets = buckets;
    map->mask = size - 1;
    return true;
}

void *st_map_add(st_map *map, const char *name, size_t size)
{
    st_map_item *item = st_map_find(map, name), **to;

    if (item)
        return item;
    if (!make_room(map))
        return NULL;
    item = calloc(1, size);
    if (!item)
        return NULL;
    item->name = strdup(name);
    if (!item->name) {
        free(item);
        return NULL;
    }
    to = bucket_of(map->buckets, map->mask, name);
    item->next = *to;
    *to = item;
    map->count++;
    return item;
}

void st_map_remove(st_map *map, bool (*is_over)(void *item, void *context),
                   void *context)
{
    for (size_t i = 0; map->buckets && i <= map->mask; i++) {
        st_map_item **at = &map->buckets[i];

        while (*at) {
            st_map_item *item = *at;

            if (is_over && !is_over(item, context)) {
                at = &item->next;
                continue;
            }
            *at = item->next;
            free(item->name);
            free(item);
            map->count--;
        }
    }
    if (map->count == 0) {
        free(map->buckets);
        *map = (st_map){0};
    }
}

void st_map_each(const st_map *map, void (*visit)(void *item, void *context),
                 void *context)
{
    for (size_t i = 0; map->buckets && i <= map->mask; i++) {
        st_map_item *next;

        for (st_map_item *item = map->buckets[i]; item; item = next) {
            next = item->next;
            visit(item, context);
        }
    }
}
