/* annotation.h -- what an annotation's text says.
 *
 * "@memo(ttl=60, in(xs[n]))" → a gen_annotation.  It knows the options, their
 * spelling and their ranges, not the function below.  Pure.
 */
#ifndef GEN_ANNOTATION_H
#define GEN_ANNOTATION_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of the annotation's text: an expression, a name. */
typedef struct {
    const char *text; /* NUL-terminated; NULL = absent.  Owner: arena */
    size_t offset;    /* of its first byte in the annotation's text */
    size_t size;      /* bytes, without the blanks around it */
} gen_piece;

typedef struct {
    gen_piece *items; /* Owner: arena */
    size_t count;
} gen_pieces;

typedef enum { GEN_MEMO, GEN_SINGLETON } gen_flavour;

typedef enum {
    GEN_PERSIST_NONE,
    GEN_PERSIST_DISK,
    GEN_PERSIST_DIR,
    GEN_PERSIST_REDIS
} gen_persist;

typedef enum {
    GEN_CLAUSE_IN,     /* in(p[n]) */
    GEN_CLAUSE_OUT,    /* out(p[n]) */
    GEN_CLAUSE_INOUT,  /* inout(p[n]) */
    GEN_CLAUSE_STRING, /* string(p) */
    GEN_CLAUSE_DEREF,  /* deref(p) */
    GEN_CLAUSE_IGNORE, /* ignore(p) */
    GEN_CLAUSE_HASH    /* hash(p, fn) */
} gen_clause_kind;

/* How a pointer parameter is read or written. */
typedef struct {
    gen_clause_kind kind;
    gen_piece whole;     /* the clause's text */
    gen_piece parameter; /* the name */
    gen_pieces lengths;  /* in, out, inout: one expression a dimension */
    gen_piece function;  /* hash: the function's name */
} gen_clause;

typedef enum {
    GEN_RETURNS_DEFAULT,
    GEN_RETURNS_ARRAY, /* returns(result[EXPR]) */
    GEN_RETURNS_STATIC /* returns(static) */
} gen_returns;

typedef enum { GEN_SPINNER_ON, GEN_SPINNER_OFF, GEN_SPINNER_TEXT } gen_spinner;

typedef struct {
    gen_flavour flavour;
    gen_piece word;  /* "memo", or the alias used */
    gen_piece whole; /* from '@' to the closing parenthesis or the word's end */

    uint64_t ttl_ns;      /* 0 = for ever */
    uint64_t max_entries; /* 0 = no bound */
    uint64_t max_bytes;   /* 0 = no bound */
    gen_persist persist;
    bool persist_ttl, allow_widgets, suppress_st_warning;
    gen_spinner spinner;
    gen_piece spinner_text;  /* decoded */
    gen_piece version;       /* decoded */
    bool ignores_code;       /* code=ignore */
    bool impure_ok;          /* for every name */
    gen_pieces impure_names; /* impure_ok(name, …) */
    gen_piece cache_if, validate, release, free_function, alloc_function;
    gen_pieces keys;    /* key(EXPR, …) */
    gen_pieces depends; /* depends(PATH), repeated or as a list */
    gen_returns returns;
    gen_piece returns_length; /* EXPR of returns(result[EXPR]) */
    bool borrow;
    gen_clause *clauses; /* in the order written.  Owner: arena */
    size_t clause_count;
    /* Where each option was written, for complaints about it; absent if not. */
    gen_piece at_persist, at_ttl, at_max_entries, at_returns, at_borrow,
        at_widgets, at_spinner, at_code;
} gen_annotation;

typedef struct gen_mistake {
    size_t offset, size; /* in the annotation's text */
    const char *text;    /* one sentence for a person.  Owner: arena */
    const char *fix;     /* what to write in its place; NULL if unknown */
    struct gen_mistake *next;
} gen_mistake;

/* Read an annotation's text (gen_annotation_site.text; it may go on after the
 * closing parenthesis with prose, which is ignored when it starts on a new line
 * or after white space).  Reading goes on after a mistake, so that all are
 * found in one pass. Errors: the mistakes in the order of the text; NULL when
 * well formed. */
gen_mistake *gen_annotation_parse(gen_arena *arena, gen_annotation *out,
                                  const char *text, size_t size);

/* A canonical spelling of the options that change the result (keys, clauses,
 * version, returns …; not ttl, limits, spinner, persist): part of the source
 * hash.  Owner: arena. */
const char *gen_annotation_salt(gen_arena *arena,
                                const gen_annotation *annotation);

/* The options as the user would write them, in the order of the table, for
 * --list and --explain: "ttl=60, in(xs[n])"; "" if none.  Owner: arena. */
const char *gen_annotation_text(gen_arena *arena,
                                const gen_annotation *annotation);

#endif
