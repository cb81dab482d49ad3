/* explain_graph.h -- all that a source hash covers, through all files.
 *
 * The graph of --explain: who names whom.  Pure.
 */
#ifndef GEN_EXPLAIN_GRAPH_H
#define GEN_EXPLAIN_GRAPH_H

#include "arena.h"
#include "model.h"
#include "text.h"

#include <stddef.h>

typedef struct {
    const gen_entity *entity;
    size_t *uses; /* numbers of nodes, in the order of the text, each once */
    size_t use_count;
} gen_explain_node;

typedef struct {
    gen_explain_node *nodes; /* the function first, then what is near first */
    size_t count;
} gen_explain_graph;

/* The graph of a function.  What is known by name only, or for its type, uses
 * nothing.  Owner: arena. */
gen_explain_graph gen_explain_graph_of(gen_arena *arena,
                                       const gen_entity *function);

/* The graph in the language of GraphViz.  Dashed: known by name only. */
void gen_explain_dot(gen_text *out, const gen_explain_graph *graph);

/* "function", "macro": what an entity is. */
const char *gen_explain_kind(const gen_entity *entity);

/* "source", "value", "name": how an entity counts. */
const char *gen_explain_way(const gen_entity *entity);

/* Why it does so, as half a sentence: "the library's", "weak: another
 * definition may win"; "" if there is nothing to say. */
const char *gen_explain_reason(const gen_entity *entity);

#endif
