/* source_reader.h -- what the files source*.c share while they read one file.
 */
#ifndef GEN_SOURCE_READER_H
#define GEN_SOURCE_READER_H

#include "annotation_word.h"
#include "source.h"
#include "text.h"

#include <clang-c/Index.h>

/* A file of the translation unit. */
typedef struct reader_file {
    CXFile file;
    const gen_source_text *text;
    bool is_system;
    gen_range *inactive; /* in order */
    size_t inactive_count;
    bool has_inactive;          /* `inactive` was asked for */
    gen_range *compiler_blocks; /* under #if on the compiler's name */
    size_t compiler_block_count;
    bool has_compiler_blocks;
    unsigned inclusions; /* how often, once it was asked for */
    gen_scan scan;       /* the annotations of a file that is included */
    bool has_scan;
    bool *claimed; /* which of them belong to a field or type */
    struct reader_file *next;
} reader_file;

typedef struct reader_slot reader_slot;
typedef struct reader_inclusion reader_inclusion;

typedef struct {
    gen_arena *arena;
    gen_diagnostics *diagnostics;
    const gen_source_request *request;
    CXTranslationUnit unit;
    reader_file *files;
    reader_file *main;
    gen_file *out;
    reader_slot *slots; /* cursor → entity, open addressing */
    size_t slot_count, slot_used;
    gen_entity **macros; /* name → macro, open addressing, chained by builder */
    size_t macro_slots, macro_used;
    gen_entity **work; /* entities whose references are still to be read */
    size_t work_count, work_capacity;
    gen_entity **namers; /* entities that name a static variable */
    size_t namer_count, namer_capacity;
    reader_inclusion *inclusions; /* empty before it is asked for */
    size_t inclusion_count, inclusion_capacity;
} reader;

/* ---- source.c -------------------------------------------------------------
 */

/* Parse `text` under the request's path and flags; NULL if that fails. */
CXTranslationUnit reader_parse(gen_arena *arena, CXIndex index,
                               const gen_source_request *request,
                               const char *text, size_t size);
/* The file, opened on first use; NULL for compiler-made text. */
reader_file *reader_find_file(reader *r, CXFile file);

/* Where a location, or an extent, was written in a file; macro calls count at
 * the place of the call. source is NULL for compiler-made text. */
gen_span reader_span(reader *r, CXSourceRange range);
gen_span reader_cursor_span(reader *r, CXCursor cursor);
/* The place of a cursor's name, `size` bytes long. */
gen_span reader_name_span(reader *r, CXCursor cursor, size_t size);
/* Does its name stand in the file itself, if only as a macro that makes it?
 * clang_Location_isFromMainFile() says no to the latter. */
bool reader_is_in_main(reader *r, CXCursor cursor);
/* A CXString as text of the arena; disposes it. */
const char *reader_text(reader *r, CXString string);
/* The first skipped range that ends behind `offset`, or NULL; the one that
 * holds `offset`, or NULL. */
const gen_range *reader_inactive_from(reader *r, reader_file *file,
                                      size_t offset);
const gen_range *reader_inactive_at(reader *r, reader_file *file,
                                    size_t offset);
reader_file *reader_file_of(reader *r, const gen_source_text *text);

/* ---- source_include.c -----------------------------------------------------
 */

/* What the #include that ends before `end` brings in, or NULL. */
reader_file *reader_included_at(reader *r, const reader_file *from,
                                size_t begin, size_t end);
/* Then its inactive ranges are those of all inclusions together. */
bool reader_is_included_again(reader *r, reader_file *file);

/* ---- source_type.c --------------------------------------------------------
 */

gen_type *reader_type(reader *r, CXType type);

/* ---- source_field.c -------------------------------------------------------
 */

/* Read what stands behind a field, on its line. */
void reader_field_rule(reader *r, CXCursor cursor, gen_field *field);
/* Read the annotations of all types, and refuse those in included files that
 * belong to none. */
void reader_find_types(reader *r);

/* ---- source_graph.c -------------------------------------------------------
 */

void reader_collect_macros(reader *r);
/* The entity of a function, variable, type or enum constant; NULL for what has
 * none (parameters, ordinary locals). */
gen_entity *reader_entity(reader *r, CXCursor cursor);
/* The macro of that name (the last definition), or NULL. */
gen_entity *reader_find_macro(const reader *r, const char *name, size_t size);
/* "(x) body" or " body" of a macro; NULL if the compiler made it. */
const char *reader_macro_text(reader *r, const gen_entity *macro, size_t *size);
/* Does the text, or a macro that it names, hold one of the words? */
bool reader_mentions(reader *r, gen_span span, const char *const *words,
                     size_t count);

/* ---- source_entity.c ------------------------------------------------------
 */

/* Read the references of all entities named so far, and of what they name. */
void reader_finish_graph(reader *r);

/* ---- source_expression.c --------------------------------------------------
 */

/* Add what key(EXPR) and hash(p, fn) name to the references of the annotated
 * functions, once these have been read. */
void reader_name_expressions(reader *r);

/* ---- source_assign.c ------------------------------------------------------
 */

/* Find out which static variables this file changes, of those that a memoized
 * function reaches.  After all references are read. */
void reader_find_assignments(reader *r);

/* ---- source_text.c --------------------------------------------------------
 */

/* Fill gen_file.includes, line_marks, clear_uses, echoes and
 * helps. */
void reader_find_directives(reader *r);
void reader_find_clear_uses(reader *r);
void reader_find_echoes(reader *r);
void reader_find_helps(reader *r);

/* ---- source_place.c -------------------------------------------------------
 */

/* Warn where st_in(…) { … } is left before its end. */
void reader_check_places(reader *r);

/* ---- source_callback.c ----------------------------------------------------
 */

/* A function that an option names, to be called with a function's result. */
typedef struct {
    gen_span span;        /* where it is named */
    const char *name;     /* its name */
    const char *option;   /* "validate", "release" */
    const char *function; /* whose result */
    CXType result;        /* what that is */
    bool must_answer;     /* it says yes or no */
} reader_callback;

/* Complain unless what has the type can be called so. */
void reader_check_callback(reader *r, const reader_callback *callback,
                           CXType type);

/* ---- source_return.c ------------------------------------------------------
 */

/* Fill returns and return_problems from the body. */
void reader_returns(reader *r, gen_function *function, CXCursor body);

/* ---- source_write.c -------------------------------------------------------
 */

/* Fill gen_parameter.written from the body. */
void reader_writes(reader *r, gen_function *function, CXCursor definition,
                   CXCursor body);

/* ---- source_function.c ----------------------------------------------------
 */

/* One function from its definition; entity, site and annotation stay empty.
 * `begin`: of its head. */
gen_function *reader_function(reader *r, CXCursor definition, size_t begin);
/* `from` if only what libclang does not count (__extension__, [[…]], macros
 * that are empty here) stands between it and a declaration, else `declaration`.
 */
size_t reader_head_begin(reader *r, size_t from, size_t declaration);
/* "(double, int)" of a declaration. */
const char *reader_parameter_types(reader *r, CXCursor declaration);
/* Add the attributes of the other declarations of the annotated functions. */
void reader_prototypes(reader *r);

#endif
