/* link.c -- what the files of one run know of each other. */
#include "link.h"

#include "closure_walk.h"

#include <stdlib.h>
#include <string.h>

static int compare_names(const void *left, const void *right)
{
    const gen_entity *a = *(gen_entity *const *)left;
    const gen_entity *b = *(gen_entity *const *)right;

    return strcmp(a->name, b->name);
}

/* All that the units export, in the order of the names. */
static gen_entity **collect(gen_arena *arena, const gen_unit *units,
                            size_t count, size_t *found)
{
    gen_entity **exported;
    size_t all = 0;

    for (size_t i = 0; i < count; i++)
        all += units[i].file ? units[i].file->owned_count : 0;
    exported = GEN_NEW_ARRAY(arena, gen_entity *, all + 1);
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;

        for (size_t k = 0; file && k < file->owned_count; k++)
            if (!file->owned[k]->is_static)
                exported[(*found)++] = file->owned[k];
    }
    qsort(exported, *found, sizeof *exported, compare_names);
    return exported;
}

/* A weak definition gives way to one that is not. */
static void link_one(gen_entity *external, gen_entity **exported, size_t count)
{
    gen_entity **at =
        bsearch(&external, exported, count, sizeof *exported, compare_names);
    size_t strong = 0, weak = 0;

    if (!at)
        return;
    while (at > exported && strcmp(at[-1]->name, external->name) == 0)
        at--;
    for (; at < exported + count && strcmp((*at)->name, external->name) == 0;
         at++) {
        bool is_weak = (*at)->is_replaceable || (*at)->is_shared;

        if (*at == external || (*at)->kind != external->kind)
            continue;
        if (!is_weak || strong + weak == 0)
            external->linked = *at;
        *(is_weak ? &weak : &strong) += 1;
    }
    if (strong > 1 || (strong == 0 && weak > 1)) {
        external->is_ambiguous = true;
        external->linked = NULL;
    } else if (external->is_defined && strong == 0) {
        external->linked = NULL; /* it is as good as its own */
    }
}

void gen_link_units(gen_unit *units, size_t count)
{
    gen_arena *scratch = gen_arena_create();
    size_t exported_count;
    gen_entity **exported = collect(scratch, units, count, &exported_count);

    for (size_t i = 0; i < count; i++) {
        const gen_file *file = units[i].file;

        for (size_t k = 0; file && k < file->external_count; k++) {
            gen_entity *external = file->externals[k];

            if (!external->is_defined || external->is_replaceable)
                link_one(external, exported, exported_count);
        }
        for (size_t k = 0; file && k < file->function_count; k++) {
            const gen_function *function = &file->functions[k];

            if (function->entity && function->annotation &&
                function->annotation->impure_ok)
                function->entity->is_excused = true;
        }
    }
    gen_arena_destroy(scratch);
}
