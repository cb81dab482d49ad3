/* source_hash.h -- the sources behind a function: a graph, and its hash.
 *
 * memogen writes a struct memo_source beside every function and object; the
 * linker ties those of all files together.  What the graph says is read here;
 * it is never written to, so any number of threads may read it at once.  It
 * does not know which functions are memoized.  No symbol of the library begins
 * with memo_source_, as a user's function hash() makes memo_source_hash.
 */
#ifndef MEMO_CACHE_SOURCE_HASH_H
#define MEMO_CACHE_SOURCE_HASH_H

#include "base/hash.h"
#include "memo/generated.h"

#include <stdbool.h>
#include <stddef.h>

/* What a walk tells, in the order of the text that a reader would follow:
 * depth first, each source before what it uses.  Any of them may say false to
 * end the walk. */
typedef struct memo_graph_visitor {
    void *context;
    /* A source, the first time; they are numbered from 0 in this order. */
    bool (*source)(void *context, const struct memo_source *source);
    /* One that was met before, by its number; NULL: not of interest. */
    bool (*again)(void *context, size_t number);
    /* A use that no processed file of this process defines. */
    bool (*name)(void *context, const char *name);
} memo_graph_visitor;

/* Walk over all that `root` reaches, `root` first.  Deep and cyclic graphs cost
 * heap, not stack.
 * Shape:  `root` may be NULL: nothing is visited.
 * Errors: false: out of memory, or the visitor said so.
 * Threads: any; the objects that hold the sources must stay loaded. */
bool memo_walk_sources(const struct memo_source *root,
                       const memo_graph_visitor *visitor);

/* The hash of a function's source: of all that its code reaches, unless
 * code=ignore, and of the options that change the result, version="…" among
 * them.  Equal in every process, with every linker and at every address.
 * Errors: false: out of memory.
 * Threads: as memo_walk_sources(). */
bool memo_digest_source(memo_digest *out, const struct memo_function *function);

#endif
