/* source_expression.c -- what the expressions of annotations name.
 *
 * The value of key(EXPR) or hash(p, fn) is an input.  What the value means is
 * code: when that changes, equal values stand for other things, so the code
 * belongs to the source of the function.  So does what decides whether results
 * are kept, and where their memory comes from.
 */
#include "source_graph.h"

#include "lex.h"

#include <string.h>

/* Names of one function's annotation. */
typedef struct {
    reader *reader;
    gen_function *function;
    gen_span place; /* of the name that is looked for */
    CXCursor found; /* the function declared under it */
} search;

static void add_input(reader *r, gen_entity *from, gen_entity *to,
                      gen_span place)
{
    size_t before = from->reference_count;
    graph_add_reference(r, from, to, place);
    if (from->reference_count > before)
        from->references[before].is_input = true;
}

static enum CXChildVisitResult find_function(CXCursor cursor, CXCursor parent,
                                             CXClientData data)
{
    search *s = data;
    CXString name;
    const char *text;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    name = clang_getCursorSpelling(cursor);
    text = clang_getCString(name);
    if (strlen(text) == s->place.size &&
        memcmp(text, s->place.source->text + s->place.offset, s->place.size) ==
            0)
        s->found = cursor;
    clang_disposeString(name);
    return clang_Cursor_isNull(s->found) ? CXChildVisit_Continue
                                         : CXChildVisit_Break;
}

static void add_name(search *s)
{
    reader *r = s->reader;
    const char *name = s->place.source->text + s->place.offset;
    gen_entity *macro = reader_find_macro(r, name, s->place.size);
    gen_entity *from = s->function->entity, *to;

    s->found = clang_getNullCursor();
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), find_function,
                        s);
    for (; macro; macro = graph_builder_of(macro)->next_macro) {
        add_input(r, from, macro, s->place);
        graph_push_macro(r, macro);
    }
    if (clang_Cursor_isNull(s->found))
        return;
    to = reader_entity(r, s->found);
    if (to && to != from)
        add_input(r, from, to, s->place);
}

static void add_names(search *s, gen_piece piece)
{
    const gen_source_text *source = s->function->name_span.source;
    size_t begin = s->function->site->offset + piece.offset;
    gen_lexer lexer = gen_lexer_begin(source->text, begin, begin + piece.size);
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return;
        if (token.kind != GEN_TOKEN_IDENTIFIER)
            continue;
        s->place = (gen_span){source, token.offset, token.size};
        add_name(s);
    }
}

void reader_name_expressions(reader *r)
{
    for (size_t f = 0; f < r->out->function_count; f++) {
        gen_function *function = &r->out->functions[f];
        const gen_annotation *annotation = function->annotation;
        search s = {.reader = r, .function = function};
        if (!annotation || !function->entity || !function->name_span.source)
            continue;
        for (size_t i = 0; i < annotation->clause_count; i++) {
            if (annotation->clauses[i].kind == GEN_CLAUSE_HASH)
                add_names(&s, annotation->clauses[i].function);
        }
        for (size_t i = 0; i < annotation->keys.count; i++)
            add_names(&s, annotation->keys.items[i]);
        add_names(&s, annotation->cache_if);
        add_names(&s, annotation->alloc_function);
        add_names(&s, annotation->free_function);
    }
}
