/* model.h -- one C file as memogen sees it: plain structs in an arena.
 *
 * source.c fills them from libclang, closure.c adds hashes and impurities,
 * checks*.c and plan*.c only read.  Nothing here knows libclang.
 */
#ifndef GEN_MODEL_H
#define GEN_MODEL_H

#include "annotation.h"
#include "annotation_field.h"
#include "annotation_type.h"
#include "diagnostic.h"
#include "scan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- types -------------------------------------------------------------- */

typedef enum {
    GEN_TYPE_VOID,
    GEN_TYPE_UNSIGNED,
    GEN_TYPE_SIGNED,
    GEN_TYPE_BOOL,
    GEN_TYPE_ENUM,
    GEN_TYPE_FLOAT,
    GEN_TYPE_LONG_DOUBLE,
    GEN_TYPE_COMPLEX,
    GEN_TYPE_LONG_DOUBLE_COMPLEX,
    GEN_TYPE_STRUCT,
    GEN_TYPE_UNION,
    GEN_TYPE_POINTER,
    GEN_TYPE_ARRAY,
    GEN_TYPE_FUNCTION,
    GEN_TYPE_INCOMPLETE, /* a struct, union or enum without a body */
    GEN_TYPE_OTHER       /* vectors, _BitInt, … */
} gen_type_kind;

typedef struct gen_type gen_type;

typedef struct {
    const char *name; /* NULL: an unnamed struct or union inside the struct */
    const gen_type *type;
    bool is_bit_field; /* an unnamed bit-field is padding and not listed */
    gen_span span;
    gen_field_rule rule;                /* what is said behind it */
    const gen_source_text *rule_source; /* where */
    size_t rule_offset;
} gen_field;

/* A struct or union; two types of one record share it. */
typedef struct gen_record {
    const char *identity; /* one text for one record in this file */
    const gen_field *fields;
    size_t field_count;
    gen_span span;
    const gen_codec *codec; /* of @memo_type; NULL: its fields say it all */
    const gen_source_text *codec_text; /* where */
    size_t codec_offset;
    bool has_const_member; /* no assignment */
    bool has_flexible_array;
} gen_record;

struct gen_type {
    gen_type_kind kind;
    const char *spelling;  /* without its own qualifiers: "struct point" */
    const char *qualified; /* with them: "const struct point" */
    uint64_t size;         /* bytes; 0 if unknown */
    bool is_const, is_volatile;
    bool is_plain_char;       /* char, not signed or unsigned char */
    bool is_nameless;         /* no text names it: a struct without tag */
    gen_type *target;         /* of a pointer or an array */
    const char *length;       /* array: its length as C text; NULL = [] */
    bool has_constant_length; /* array: `length` is a number */
    gen_record *record;       /* struct, union */
};

/* ---- what code names ------------------------------------------------------
 */

typedef struct {
    uint64_t low, high;
} gen_hash;

typedef enum {
    GEN_ENTITY_FUNCTION,
    GEN_ENTITY_VARIABLE,
    GEN_ENTITY_TYPE, /* struct, union, enum, typedef */
    GEN_ENTITY_MACRO
} gen_entity_kind;

typedef struct gen_entity gen_entity;

typedef struct {
    gen_entity *entity;
    gen_span span; /* where it is named first */
    bool is_input; /* by the annotation only: its value is an input */
} gen_reference;

/* A thing that code can name, or a static local variable. */
struct gen_entity {
    gen_entity_kind kind;
    const char *name;
    gen_span span;       /* of its definition's name */
    gen_hash own;        /* of its tokens alone */
    bool is_defined;     /* its body or initialiser is in this file's view */
    bool is_owned;       /* defined by the main file itself, not by a header */
    bool is_listed;      /* part of gen_file.owned */
    bool is_system;      /* declared in a system header or by the compiler */
    bool is_static;      /* internal linkage */
    bool is_replaceable; /* weak: another definition may win */
    bool is_hidden;      /* visibility hidden or internal */
    bool is_visible;     /* an attribute says so, whatever the flags are */
    bool is_shared;      /* other files may define it too: int x; inline */
    bool is_local;       /* a static local variable */
    bool is_mutable;     /* a variable that is not const */
    bool is_written;     /* this file assigns to it or takes its address */
    bool is_volatile;
    /* What its body does that no name tells. */
    bool calls_through_pointer, has_assembly, reads_compiler_macro, reads_time;
    gen_span pointer_call, assembly, compiler_macro, time_macro;
    gen_reference *references; /* in the order of the text, each once */
    size_t reference_count;
    void *builder;      /* while the graph is being built */
    gen_record *record; /* of a struct or union whose fields were read */

    /* Filled by closure.c. */
    gen_hash combined; /* of all that it reaches inside this file */
    size_t component;  /* strongly connected component */
    size_t order;      /* visiting number */
    size_t *uses;      /* bit set over gen_file.externals */

    /* Filled by link.c. */
    gen_entity *linked; /* the definition in another file; NULL: none known */
    bool is_ambiguous;  /* several files define it */
    bool is_excused;    /* its impurities do not matter */
};

/* ---- functions ------------------------------------------------------------
 */

typedef struct {
    const char *name; /* NULL: none was given */
    gen_span span;    /* of the declaration */
    gen_span name_span;
    gen_type *type;   /* as written: an array stays an array */
    gen_span written; /* where what it points at is plainly written, or none */
} gen_parameter;

/* Where an __attribute__ of the head belongs. */
typedef enum {
    GEN_ATTRIBUTE_TO_WRAPPER,
    GEN_ATTRIBUTE_STAYS,
    GEN_ATTRIBUTE_REFUSED
} gen_attribute_place;

typedef struct {
    const char *name; /* without underscores: "noinline" */
    gen_span span;
} gen_attribute;

/* One token of a function's head, from its first specifier to the body. */
typedef struct {
    const char *text;
    gen_span span;   /* of the token in the source, or of the macro
                        call that it comes from */
    bool on_wrapper; /* part of the wrapper's declaration */
    bool on_body;    /* part of the renamed definition */
    bool has_space_before;
} gen_head_token;

/* An expression of the annotation, as the compiler sees it. */
typedef struct {
    const gen_piece *piece;
    const gen_type *type; /* NULL: not looked at */
    bool is_pointer_to_char;
} gen_expression;

typedef struct gen_function {
    const char *name;
    gen_span name_span;
    gen_span head; /* from its first token to the body's brace */
    gen_span body; /* from '{' to after '}' */
    const gen_annotation_site *site; /* NULL: not annotated */
    const gen_annotation *annotation;
    gen_type *result;
    gen_parameter *parameters;
    size_t parameter_count;
    bool is_static, is_inline, is_extern, has_gnu_inline_rules;
    bool is_variadic, is_old_style, is_name_from_macro, defines_type_in_head;
    bool has_prototype_before, uses_function_name, draws;
    gen_head_token *head_tokens;
    size_t head_token_count;
    gen_attribute *attributes; /* of the definition and of all prototypes */
    size_t attribute_count;
    gen_span *returns; /* the operand of every return statement */
    size_t return_count;
    const char **return_problems; /* why operand i may not be handed out; NULL
                                     if nothing speaks against it */
    gen_entity *entity;
    const void *definition; /* source.c's */
    gen_expression *keys;   /* one per annotation->keys item */
    gen_expression *hashes; /* one per hash(p, fn) clause, in their order */
    size_t hash_count;
    struct gen_function *next;
} gen_function;

/* ---- files ----------------------------------------------------------------
 */

/* memo_clear_args(f, …) in the text. */
typedef struct {
    gen_span call;          /* the macro's name */
    gen_span open;          /* from '(' to just before the first argument */
    gen_span close;         /* ')' */
    const char *name;       /* f */
    const char *parameters; /* "(double, int)"; NULL: f is not declared */
    size_t top; /* offset of the top-level declaration that holds the call */
} gen_clear_use;

/* st_echo(…) { … }: shows the text of its block. */
typedef struct {
    gen_span open; /* "(" */
    const char *code;
    bool has_arguments; /* something stands between the brackets */
} gen_echo;

/* A field, a constant of an enum. */
typedef struct {
    const char *name;
    const char *type, *value; /* NULL: it has none */
    const char *doc;          /* the comment about it; NULL: none */
} gen_help_member;

/* st_help(name): what is declared by that name. */
typedef struct {
    gen_span call; /* from the macro's name to ')' */
    const char *name;
    const char *type, *value, *doc; /* NULL: it has none */
    gen_help_member *members;
    size_t member_count;
} gen_help;

/* A "…" of #include or __has_include that is found next to the source. */
typedef struct {
    gen_span name; /* without the quotes */
} gen_include;

typedef struct {
    size_t begin, end;
} gen_range;

typedef struct {
    const gen_source_text *text;
    gen_function *functions; /* the annotated ones, in the order of the text */
    size_t function_count;
    gen_function *candidates; /* every other function defined here; only when
                                 asked for */
    gen_entity **owned;       /* functions and objects that this file defines */
    size_t owned_count;
    gen_entity **externals; /* what it reaches and does not define; filled by
                               closure.c */
    size_t external_count;
    gen_clear_use *clear_uses;
    size_t clear_use_count;
    gen_echo *echoes;
    size_t echo_count;
    gen_help *helps;
    size_t help_count;
    gen_include *includes;
    size_t include_count;
    struct gen_line_mark *line_marks; /* the user's #line directives */
    size_t line_mark_count;
    const bool *claimed; /* annotation sites that belong to a field or type;
                            NULL when the file could not be parsed */
    gen_range *inactive; /* text that the preprocessor skipped, in order */
    size_t inactive_count;
    const char **dependencies; /* the file first, then all that it includes */
    size_t dependency_count;
    const char *build;      /* what the compiler flags say that changes code */
    unsigned pointer_bytes; /* of the target */
    bool is_parsed;         /* false: libclang could not, nothing is known */
} gen_file;

#endif
