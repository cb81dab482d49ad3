/* source_graph.h -- what the files of the graph share. */
#ifndef GEN_SOURCE_GRAPH_H
#define GEN_SOURCE_GRAPH_H

#include "source_reader.h"

/* What the builder of an entity needs beyond what the model keeps. */
typedef struct {
    CXCursor definition;
    bool has_definition;
    reader_file *file;      /* of the definition; NULL for compiler-made text */
    gen_range extent;       /* of the definition */
    gen_entity *next_macro; /* an earlier definition of the same macro */
    gen_text tokens;
    size_t reference_capacity;
    bool is_read;
    bool is_reached; /* by a memoized function */
} graph_builder;

graph_builder *graph_builder_of(const gen_entity *entity);
/* `from` names `to` at `span`; only the first place is kept. */
void graph_add_reference(reader *r, gen_entity *from, gen_entity *to,
                         gen_span span);
/* `from` names a macro, by all of its definitions. */
void graph_name_macros(reader *r, gen_entity *from, gen_entity *macro,
                       gen_span span);
/* A macro names all that its ## may make. */
void graph_find_pasted(reader *r, gen_entity *macro);
/* A static variable that is not const. */
bool graph_is_own_variable(const gen_entity *entity);
/* `entity` names such a variable: reader_find_assignments() may look at it. */
void graph_add_namer(reader *r, gen_entity *entity);
/* Let reader_finish_graph() read it. */
void graph_push_work(reader *r, gen_entity *entity);
/* The same for a macro, unless it was read. */
void graph_push_macro(reader *r, gen_entity *macro);
/* Add what the annotations of a struct or union say, and the functions they
 * name. */
void graph_name_type(reader *r, gen_entity *entity);
/* const all the way: the object itself, or the elements of an array. */
bool graph_is_const_object(CXType type);

/* Does the callee stand in a constant object, table[i] or table[i].run?  Then
 * all that it can be is named by the object, whose source counts. */
bool graph_calls_constant(reader *r, CXCursor call);

#endif
