/* source_named.c -- what the annotations of types say and name.
 *
 * How fields are followed changes what a key and a copy hold, so it counts in
 * the hash of the type; the functions that make copies are reached by it.
 */
#include "source_graph.h"

#include "lex.h"

#include <string.h>

/* ---- names -----------------------------------------------------------------
 */

typedef struct {
    const char *name;
    size_t size;
    CXCursor found;
} search;

static enum CXChildVisitResult
visit_declaration(CXCursor cursor, CXCursor parent, CXClientData data)
{
    search *in = data;
    CXString spelling;
    const char *name;
    bool is_it;
    (void)parent;

    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    spelling = clang_getCursorSpelling(cursor);
    name = clang_getCString(spelling);
    is_it = strncmp(name, in->name, in->size) == 0 && name[in->size] == '\0';
    clang_disposeString(spelling);
    if (!is_it)
        return CXChildVisit_Continue;
    in->found = cursor;
    return CXChildVisit_Break;
}

/* `from` names the function, if there is one of that name. */
static void name_function(reader *r, gen_entity *from, const char *name,
                          size_t size, gen_span span)
{
    search in = {name, size, clang_getNullCursor()};
    gen_entity *function;

    clang_visitChildren(clang_getTranslationUnitCursor(r->unit),
                        visit_declaration, &in);
    if (clang_Cursor_isNull(in.found))
        return;
    function = reader_entity(r, in.found);
    if (function && function != from)
        graph_add_reference(r, from, function, span);
}

/* ---- types -----------------------------------------------------------------
 */

static void add_piece(gen_text *tokens, const gen_piece *piece)
{
    gen_lexer lexer = gen_lexer_begin(piece->text, 0, piece->size);
    gen_token token;

    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END) {
        gen_text_append(tokens, piece->text + token.offset, token.size);
        gen_text_append_char(tokens, '\0');
    }
}

static void add_rule(reader *r, gen_entity *entity, const gen_field *field)
{
    gen_text *tokens = &graph_builder_of(entity)->tokens;
    const gen_field_rule *rule = &field->rule;

    if (!rule->whole.text)
        return;
    gen_text_append_string(tokens, field->name ? field->name : "");
    gen_text_append_char(tokens, '\0');
    add_piece(tokens, &rule->whole);
    if (rule->kind == GEN_FIELD_HASH)
        name_function(r, entity, rule->value.text, rule->value.size,
                      (gen_span){field->rule_source,
                                 field->rule_offset + rule->value.offset,
                                 rule->value.size});
}

static void add_codec(reader *r, gen_entity *entity, const gen_record *record)
{
    const gen_codec *codec = record->codec;
    const gen_piece *const pieces[] = {&codec->hash, &codec->encode,
                                       &codec->decode, &codec->release};

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        gen_text *tokens = &graph_builder_of(entity)->tokens;

        if (pieces[i]->text) {
            add_piece(tokens, pieces[i]);
            name_function(r, entity, pieces[i]->text, pieces[i]->size,
                          (gen_span){record->codec_text,
                                     record->codec_offset + pieces[i]->offset,
                                     pieces[i]->size});
        }
        gen_text_append_char(tokens, '\0');
    }
}

void graph_name_type(reader *r, gen_entity *entity)
{
    CXCursor definition = graph_builder_of(entity)->definition;
    const gen_record *record =
        reader_type(r, clang_getCursorType(definition))->record;

    if (!record)
        return;
    if (record->codec)
        add_codec(r, entity, record);
    for (size_t i = 0; i < record->field_count; i++)
        add_rule(r, entity, &record->fields[i]);
}
