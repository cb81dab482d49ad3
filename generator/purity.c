/* purity.c -- which functions of the C library depend on more than their
 * arguments. */
#include "purity.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Functions by the begin of their names, where no table holds them. */
static const struct {
    const char *prefix;
    gen_purity purity;
    gen_impurity_kind kind;
} families[] = {
    {"__builtin_", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"__atomic_", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"__c11_atomic_", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"__sync_", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"_mm", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"pthread_", GEN_PURITY_IMPURE, GEN_IMPURE_JUMP},
};

/* What variants of a function are called, in the order in which the endings
 * are taken off. */
static const char *const endings[] = {"_2",        "_chk", "_finite",
                                      "_unlocked", "_l",   "64"};

/* The same function for another floating type. */
static const char *const math_endings[] = {
    "f", "l", "f16", "f32", "f32x", "f64", "f64x", "f128",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static int compare_name(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static bool holds(const gen_purity_table *table, const char *name)
{
    return bsearch(name, table->names, table->count, sizeof *table->names,
                   compare_name) != NULL;
}

static gen_purity find(const char *name, gen_impurity_kind *kind)
{
    for (size_t i = 0; i < gen_purity_function_table_count; i++) {
        const gen_purity_table *table = &gen_purity_functions[i];

        if (!holds(table, name))
            continue;
        if (table->purity == GEN_PURITY_IMPURE)
            *kind = table->kind;
        return table->purity;
    }
    return GEN_PURITY_UNKNOWN;
}

static const char *without_prefix(const char *name, const char *prefix)
{
    size_t size = strlen(prefix);

    return strncmp(name, prefix, size) == 0 ? name + size : name;
}

/* Cut `ending` off; false when the name has another one. */
static bool cut_ending(char *name, const char *ending)
{
    size_t size = strlen(name), ending_size = strlen(ending);

    if (size <= ending_size || strcmp(name + size - ending_size, ending) != 0)
        return false;
    name[size - ending_size] = '\0';
    return true;
}

/* Look a name up whose variants have been written in other ways. */
static gen_purity find_variant(const char *name, gen_impurity_kind *kind)
{
    char stem[64];
    gen_purity found = GEN_PURITY_UNKNOWN;

    name = without_prefix(name, "__builtin_");
    name = without_prefix(name, "__isoc99_");
    name = without_prefix(name, "__isoc23_");
    name += strspn(name, "_");
    if (strlen(name) >= sizeof stem)
        return GEN_PURITY_UNKNOWN;
    strcpy(stem, name);
    found = find(stem, kind);
    for (size_t i = 0; i < COUNT(endings) && !found; i++)
        if (cut_ending(stem, endings[i]))
            found = find(stem, kind);
    for (size_t i = 0; i < COUNT(math_endings) && !found; i++) {
        char base[sizeof stem];

        strcpy(base, stem);
        if (cut_ending(base, math_endings[i]) &&
            holds(&gen_purity_functions[0], base))
            found = GEN_PURITY_PURE;
    }
    return found;
}

gen_purity gen_purity_of_function(const char *name, gen_impurity_kind *kind)
{
    gen_purity found = find(name, kind);

    if (found == GEN_PURITY_UNKNOWN)
        found = find_variant(name, kind);
    for (size_t i = 0; i < COUNT(families) && !found; i++) {
        if (without_prefix(name, families[i].prefix) == name)
            continue;
        found = families[i].purity;
        if (found == GEN_PURITY_IMPURE)
            *kind = families[i].kind;
    }
    return found;
}

/* stdin and its like never change themselves: what is done with them counts. */
static const struct {
    const char *name;
    gen_purity purity;
    gen_impurity_kind kind;
} variables[] = {
    {"__environ", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"_environ", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"daylight", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"environ", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"errno", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"getdate_err", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"h_errno", GEN_PURITY_IMPURE, GEN_IMPURE_FILE},
    {"optarg", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"opterr", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"optind", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"optopt", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"program_invocation_name", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"program_invocation_short_name", GEN_PURITY_IMPURE,
     GEN_IMPURE_ENVIRONMENT},
    {"signgam", GEN_PURITY_IMPURE, GEN_IMPURE_STATE},
    {"stderr", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"stdin", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"stdout", GEN_PURITY_PURE, GEN_IMPURE_GLOBAL},
    {"timezone", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
    {"tzname", GEN_PURITY_IMPURE, GEN_IMPURE_ENVIRONMENT},
};

gen_purity gen_purity_of_variable(const char *name, gen_impurity_kind *kind)
{
    for (size_t i = 0; i < COUNT(variables); i++) {
        if (strcmp(variables[i].name, name) != 0)
            continue;
        if (variables[i].purity == GEN_PURITY_IMPURE)
            *kind = variables[i].kind;
        return variables[i].purity;
    }
    return GEN_PURITY_UNKNOWN;
}
