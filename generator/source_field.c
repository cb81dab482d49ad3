/* source_field.c -- annotations behind fields and above types. */
#include "source_reader.h"

#include "lex.h"

#include <string.h>

/* ---- the annotations of a file --------------------------------------------
 */

/* What a header says is known once for all of its fields. */
static const gen_scan *scan_of(reader *r, reader_file *file)
{
    if (file == r->main)
        return r->request->scan;
    if (!file->has_scan) {
        file->has_scan = true;
        if (!file->is_system &&
            gen_scan_may_find(file->text->text, file->text->size))
            file->scan =
                gen_scan_text(r->arena, file->text->text, file->text->size);
    }
    return &file->scan;
}

static bool *claimed(reader *r, reader_file *file)
{
    if (!file->claimed)
        file->claimed =
            GEN_NEW_ARRAY(r->arena, bool, scan_of(r, file)->count + 1);
    return file->claimed;
}

static void report(reader *r, const reader_file *file,
                   const gen_annotation_site *site, const gen_mistake *mistake)
{
    gen_span span = {file->text, site->offset + mistake->offset, mistake->size};
    gen_diagnostic *error =
        gen_error(r->diagnostics, span, "%s", mistake->text);

    if (mistake->fix)
        gen_suggest(r->diagnostics, error, span, mistake->fix);
}

/* ---- fields ----------------------------------------------------------------
 */

/* Does another declaration stand between this one and the annotation? */
static bool is_behind_another(const gen_source_text *text, size_t end,
                              size_t site)
{
    gen_lexer lexer = gen_lexer_begin(text->text, end, site);
    size_t ends = 0;
    gen_token token;

    while ((token = gen_lexer_next(&lexer)).kind != GEN_TOKEN_END)
        ends += gen_token_is(text->text, token, ";");
    return ends > 1;
}

/* The annotation behind a declaration, on the line where that ends. */
static const gen_annotation_site *
site_behind(const gen_scan *scan, const gen_source_text *text, size_t end)
{
    const char *newline = end < text->size
                              ? memchr(text->text + end, '\n', text->size - end)
                              : NULL;
    size_t line_end = newline ? (size_t)(newline - text->text) : text->size;

    for (size_t i = 0; i < scan->count; i++) {
        const gen_annotation_site *site = &scan->sites[i];

        if (site->offset >= line_end)
            break;
        if (site->offset >= end && site->is_trailing)
            return is_behind_another(text, end, site->offset) ? NULL : site;
    }
    return NULL;
}

/* An unnamed struct or union is declared by its type alone. */
static gen_span declaration_of(reader *r, CXCursor cursor,
                               const gen_field *field)
{
    if (!field->name)
        cursor = clang_getTypeDeclaration(clang_getCursorType(cursor));
    return reader_cursor_span(r, cursor);
}

void reader_field_rule(reader *r, CXCursor cursor, gen_field *field)
{
    gen_span span = declaration_of(r, cursor, field);
    reader_file *file = span.source ? reader_file_of(r, span.source) : NULL;
    const gen_annotation_site *site;
    const gen_scan *scan;
    gen_mistake *mistake;
    size_t index;

    if (!file || file->is_system)
        return;
    scan = scan_of(r, file);
    site = site_behind(scan, file->text, span.offset + span.size);
    if (!site)
        return;
    index = (size_t)(site - scan->sites);
    mistake =
        gen_field_rule_parse(r->arena, &field->rule, site->text, site->size);
    field->rule_source = file->text;
    field->rule_offset = site->offset;
    if (mistake) {
        field->rule.kind = GEN_FIELD_IGNORE; /* it was told: say no more */
        if (!claimed(r, file)[index])
            report(r, file, site, mistake);
    }
    claimed(r, file)[index] = true;
}

/* ---- types -----------------------------------------------------------------
 */

static void read_codec(reader *r, reader_file *file, CXCursor cursor,
                       const gen_annotation_site *site)
{
    size_t index = (size_t)(site - scan_of(r, file)->sites);
    const gen_type *type = reader_type(r, clang_getCursorType(cursor));
    gen_codec *codec = GEN_NEW(r->arena, gen_codec);
    gen_mistake *mistake;

    if (claimed(r, file)[index])
        return;
    claimed(r, file)[index] = true;
    mistake = gen_codec_parse(r->arena, codec, site->text, site->size);
    if (mistake) {
        report(r, file, site, mistake);
        return;
    }
    if (!type->record) {
        gen_error(r->diagnostics, (gen_span){file->text, site->offset, 1},
                  "'%s' is no struct or union; only these can be turned into "
                  "bytes by functions",
                  type->qualified);
        return;
    }
    type->record->codec = codec;
    type->record->codec_text = file->text;
    type->record->codec_offset = site->offset;
}

static enum CXChildVisitResult visit_type(CXCursor cursor, CXCursor parent,
                                          CXClientData data)
{
    reader *r = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    gen_span span;
    reader_file *file;
    (void)parent;

    if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl &&
        kind != CXCursor_TypedefDecl)
        return clang_isDeclaration(kind) ? CXChildVisit_Recurse
                                         : CXChildVisit_Continue;
    span = reader_cursor_span(r, cursor);
    file = span.source ? reader_file_of(r, span.source) : NULL;
    if (!file || file->is_system || scan_of(r, file)->count == 0)
        return CXChildVisit_Continue;
    for (size_t i = 0; i < scan_of(r, file)->count; i++) {
        const gen_annotation_site *site = &scan_of(r, file)->sites[i];

        if (gen_annotation_word(site->text, site->size).meaning ==
                GEN_WORD_TYPE &&
            site->next_token == span.offset && !site->is_trailing)
            read_codec(r, file, cursor, site);
    }
    if (kind != CXCursor_TypedefDecl)
        reader_type(r, clang_getCursorType(cursor));
    return CXChildVisit_Recurse;
}

/* ---- what belongs to nothing -----------------------------------------------
 */

static bool is_for_types(const gen_annotation_site *site)
{
    return (site->is_trailing && site->depth > 0) ||
           gen_annotation_word(site->text, site->size).meaning == GEN_WORD_TYPE;
}

bool gen_source_is_type_site(const gen_annotation_site *site)
{
    return is_for_types(site);
}

static bool has_sites_for_types(reader *r, reader_file *file)
{
    const gen_scan *scan = scan_of(r, file);

    for (size_t i = 0; i < scan->count; i++) {
        if (is_for_types(&scan->sites[i]))
            return true;
    }
    return false;
}

static void complain(reader *r, const reader_file *file,
                     const gen_annotation_site *site)
{
    gen_error(r->diagnostics, (gen_span){file->text, site->offset, 1},
              site->is_trailing && site->depth > 0
                  ? "an annotation stands behind code here, but not behind a "
                    "field of a struct or union"
              : is_for_types(site)
                  ? "no struct, union or typedef follows this annotation"
                  : "an annotation stands in an included file, which is not "
                    "rewritten; move the function into a .c file of its own");
}

void reader_find_types(reader *r)
{
    bool has_some = false;

    for (reader_file *file = r->files; file; file = file->next)
        has_some |= has_sites_for_types(r, file);
    if (has_some)
        clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_type,
                            r);
    r->out->claimed = claimed(r, r->main);
    for (reader_file *file = r->files; file; file = file->next) {
        const gen_scan *scan = scan_of(r, file);

        for (size_t i = 0; file != r->main && i < scan->count; i++) {
            if (!claimed(r, file)[i])
                complain(r, file, &scan->sites[i]);
        }
    }
}
