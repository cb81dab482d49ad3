/* closure.h -- what a function uses: its source hash and its impurities.
 *
 * Works on the graph of gen_entity that source.c built: strongly connected
 * components, hashed bottom up, so that the cost is linear in the file.  It
 * knows no libclang.  Pure.
 */
#ifndef GEN_CLOSURE_H
#define GEN_CLOSURE_H

#include "arena.h"
#include "model.h"

/* Fill combined, component and uses of everything that file->owned reaches, and
 * file->externals: the functions and objects, not of system headers, that this
 * file reaches and does not define, plus those that may be replaced: weak ones,
 * and all that it exports, since a shared object does not decide which
 * definition of a name its own calls reach.  They are in the order of their
 * names, each once.  What lies behind an exported one is part of its own uses,
 * not of those of its callers.
 *
 * An entity's combined hash covers its own tokens and, transitively, all that
 * it names in this file (static and header functions, macros, types, enum
 * values, data).  Externals and system things count by name.  Moving a
 * definition inside the file, or adding an unrelated one, does not change it;
 * two functions of one cycle have different hashes. */
void gen_closure_compute(gen_arena *arena, gen_file *file);

/* Why a result may depend on more than the arguments. */
typedef enum {
    GEN_IMPURE_GLOBAL, /* a mutable global (or file-level static) */
    GEN_IMPURE_LOCAL,  /* a mutable static local */
    GEN_IMPURE_VOLATILE,
    GEN_IMPURE_CLOCK,
    GEN_IMPURE_RANDOM,
    GEN_IMPURE_ENVIRONMENT,
    GEN_IMPURE_FILE,   /* reads or writes files, sockets, processes */
    GEN_IMPURE_OUTPUT, /* prints: a hit does not */
    GEN_IMPURE_STATE,  /* hidden state of the library: strtok, setlocale, … */
    GEN_IMPURE_JUMP,   /* setjmp, longjmp, signals, threads, exit */
    GEN_IMPURE_TIME_MACRO, /* __DATE__, __TIME__, __COUNTER__ */
    GEN_IMPURE_ASSEMBLY,
    GEN_IMPURE_POINTER_CALL,    /* only for a strict look */
    GEN_IMPURE_UNKNOWN_FUNCTION /* only for a strict look: not in this file and
                                   not known to be pure */
} gen_impurity_kind;

typedef struct gen_impurity {
    gen_impurity_kind kind;
    const char *name; /* the variable, function or macro; "" if none */
    gen_span span;    /* where it is used */
    /* From the function to the user of it, both included: path[0] is the
     * function itself; path_spans[i] is where path[i] names path[i + 1] (the
     * last one: where the impurity is used). Shortest path. */
    const gen_entity **path;
    gen_span *path_spans;
    size_t path_size;
    struct gen_impurity *next;
} gen_impurity;

/* All impurities that the closure of `function` reaches, one per variable,
 * function, macro or kind of statement, nearest first, then in the order of the
 * text.  `strict` also lists calls that nobody knows to be pure (for
 * --suggest).  A static variable that its file never writes counts as a
 * constant.  A variable that is NULL-checked etc. is not understood: mutable
 * means not const.  What only a function reaches that is annotated with
 * impure_ok for every name is not listed, unless `strict`, nor is what only
 * names lead to that the function's own impure_ok(name, …) holds.
 * Shape: where the paths together have over a million steps, the farthest
 *        impurities are left out.
 * Owner: arena. */
gen_impurity *gen_closure_impurities(gen_arena *arena, const gen_file *file,
                                     const gen_entity *function, bool strict);

/* "a clock", "the mutable global": the words for a complaint, to be followed by
 * the name. */
const char *gen_impurity_words(gen_impurity_kind kind);

/* All that the closure of `function` holds, itself first, then nearest first,
 * each once: for --explain and --list.  Owner: arena. */
const gen_entity **gen_closure_members(gen_arena *arena,
                                       const gen_entity *function,
                                       size_t *count);

#endif
