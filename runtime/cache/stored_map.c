#include "cache/stored_map.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_LINKS 64

/* Above that, what has left memory is not worth remembering: the next change
 * takes all of the function with it. */
#define MOST_LINKS ((size_t)1 << 18)

/* Digests are as good as random: no hashing. */
static size_t place_of(const memo_stored_map *map, memo_name digest)
{
    return (size_t)digest.low & map->mask;
}

static bool is_empty(const memo_stored_link *link)
{
    return link->digest.low == 0 && link->digest.high == 0;
}

/* Where it is, or would be. */
static memo_stored_link *find(const memo_stored_map *map, memo_name digest)
{
    size_t at = place_of(map, digest);

    while (!is_empty(&map->links[at]) &&
           (map->links[at].digest.low != digest.low ||
            map->links[at].digest.high != digest.high))
        at = (at + 1) & map->mask;
    return &map->links[at];
}

static bool make_room(memo_stored_map *map)
{
    memo_stored_map old = *map;
    size_t size = old.links ? 2 * (old.mask + 1) : FIRST_LINKS;

    if (old.links && 2 * old.count <= old.mask)
        return true;
    map->links = calloc(size, sizeof *map->links);
    if (!map->links) {
        *map = old;
        return false;
    }
    map->mask = size - 1;
    for (size_t i = 0; old.links && i <= old.mask; i++) {
        if (!is_empty(&old.links[i]))
            *find(map, old.links[i].digest) = old.links[i];
    }
    free(old.links);
    return true;
}

void memo_stored_map_add(memo_stored_map *map, memo_name digest,
                         memo_words words)
{
    memo_stored_link *link;

    pthread_mutex_lock(map->lock);
    if (map->count >= MOST_LINKS) {
        free(map->links);
        map->links = NULL;
        map->mask = map->count = 0;
        map->is_incomplete = true;
    }
    if (make_room(map)) {
        link = find(map, digest);
        map->count += is_empty(link);
        *link = (memo_stored_link){digest, words};
    } else {
        map->is_incomplete = true;
    }
    pthread_mutex_unlock(map->lock);
}

/* Those behind it in its run may have to move up. */
static void remove_link(memo_stored_map *map, memo_stored_link *removed)
{
    size_t hole = (size_t)(removed - map->links), at = hole;

    for (;;) {
        size_t home;

        at = (at + 1) & map->mask;
        if (is_empty(&map->links[at]))
            break;
        home = place_of(map, map->links[at].digest);
        if (((at - home) & map->mask) < ((at - hole) & map->mask))
            continue;
        map->links[hole] = map->links[at];
        hole = at;
    }
    memset(&map->links[hole], 0, sizeof map->links[hole]);
    map->count--;
}

bool memo_stored_map_take(memo_words *out, bool *is_everything,
                          memo_stored_map *map, memo_name digest)
{
    memo_stored_link *link;
    bool is_found = false;

    pthread_mutex_lock(map->lock);
    *is_everything = map->is_incomplete;
    link = map->links ? find(map, digest) : NULL;
    if (link && !is_empty(link)) {
        is_found = true;
        *out = link->words;
        remove_link(map, link);
    }
    pthread_mutex_unlock(map->lock);
    return is_found;
}

void memo_stored_map_clear(memo_stored_map *map)
{
    pthread_mutex_lock(map->lock);
    free(map->links);
    map->links = NULL;
    map->mask = map->count = 0;
    map->is_incomplete = false;
    pthread_mutex_unlock(map->lock);
}
