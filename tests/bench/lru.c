#include "lru.h"

#include "inputs.h"

#include <stdlib.h>

#define NONE UINT32_MAX

/* A list of numbers, newest first; whoever is in it has `is_in`. */
struct list {
    struct link {
        uint32_t newer, older;
        bool is_in;
    } * links;
    uint32_t newest, oldest;
};

static void take_out(struct list *list, uint32_t number)
{
    struct link *link = &list->links[number];

    if (link->newer == NONE)
        list->newest = link->older;
    else
        list->links[link->newer].older = link->older;
    if (link->older == NONE)
        list->oldest = link->newer;
    else
        list->links[link->older].newer = link->newer;
    link->is_in = false;
}

static void put_in(struct list *list, uint32_t number)
{
    list->links[number] = (struct link){NONE, list->newest, true};
    if (list->newest == NONE)
        list->oldest = number;
    else
        list->links[list->newest].newer = number;
    list->newest = number;
}

size_t lru_hits(const struct trace *trace, uint32_t room)
{
    struct list list = {allocate(trace->distinct * sizeof *list.links), NONE,
                        NONE};
    size_t hits = 0;
    uint32_t used = 0;

    for (uint32_t i = 0; i < trace->distinct; i++)
        list.links[i] = (struct link){NONE, NONE, false};
    for (size_t i = 0; i < trace->count; i++) {
        uint32_t number = trace->accesses[i];

        if (list.links[number].is_in) {
            take_out(&list, number);
            hits++;
        } else if (used == room) {
            take_out(&list, list.oldest);
        } else {
            used++;
        }
        put_in(&list, number);
    }
    free(list.links);
    return hits;
}
