/* source_help.c -- st_help(name): what is declared by that name, and the
 * comment above it. */
#include "source_reader.h"

#include "lex.h"
#include "text.h"

#include <string.h>

static const char help_name[] = "st_help";

/* ---- comments ------------------------------------------------------------ */

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* A line of a comment without its marks; `*` may lead it. */
static void add_line(gen_text *out, const char *at, const char *end)
{
    while (at < end && (is_space(*at) || *at == '/' || *at == '*' ||
                        (*at == '!' && at[-1] != ' ')))
        at++;
    if (at < end && *at == '<') /* Doxygen's: about what stands before it */
        at++;
    while (at < end && is_space(*at))
        at++;
    while (end > at && (is_space(end[-1]) ||
                        (end[-1] == '/' && end - 1 > at && end[-2] == '*')))
        end -= end[-1] == '/' ? 2 : 1;
    while (end > at && (end[-1] == '*' || is_space(end[-1])))
        end--;
    if (out->size > 0)
        gen_text_append_char(out, '\n');
    gen_text_append(out, at, (size_t)(end - at));
}

static void add_comment(gen_text *out, const char *at, const char *end)
{
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;

        add_line(out, at, stop);
        at = newline ? newline + 1 : end;
    }
}

static bool is_annotation(const char *at, const char *end)
{
    at += at + 2 <= end ? 2 : 0;
    while (at < end && is_space(*at))
        at++;
    return end - at >= 5 && strncmp(at, "@memo", 5) == 0;
}

static bool has_blank_line(const char *at, const char *end)
{
    const char *first = memchr(at, '\n', (size_t)(end - at));

    return first && memchr(first + 1, '\n', (size_t)(end - first - 1));
}

static const char *finish(reader *r, gen_text *out)
{
    const char *text = NULL;

    while (out->size > 0 && out->data[out->size - 1] == '\n')
        out->size--;
    if (out->size > 0)
        text = gen_arena_copy(r->arena, out->data, out->size);
    gen_text_finish(out);
    return text;
}

/* Comments that stand in a row before `offset`, without annotations and without
 * a blank line behind them; from `begin` on. */
static const char *comment_before(reader *r, const gen_source_text *source,
                                  size_t begin, size_t offset)
{
    gen_lexer lexer = gen_lexer_begin(source->text, begin, offset);
    const char *text = source->text, *last_end = NULL;
    gen_text out = {0};

    lexer.wants_comments = true;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        const char *at = text + token.offset, *end = at + token.size;

        if (token.kind == GEN_TOKEN_END)
            break;
        if (token.kind != GEN_TOKEN_COMMENT ||
            (last_end && has_blank_line(last_end, at))) {
            gen_text_finish(&out);
            last_end = NULL;
        }
        /* What ends a line is about that line. */
        if (token.kind != GEN_TOKEN_COMMENT || !token.is_first)
            continue;
        if (!is_annotation(at, end))
            add_comment(&out, at, end);
        last_end = end;
    }
    if (last_end && has_blank_line(last_end, text + offset))
        gen_text_finish(&out);
    return finish(r, &out);
}

/* A comment on the rest of the line. */
static const char *comment_behind(reader *r, const gen_source_text *source,
                                  size_t offset)
{
    const char *newline =
        memchr(source->text + offset, '\n', source->size - offset);
    size_t end = newline ? (size_t)(newline - source->text) : source->size;
    gen_lexer lexer = gen_lexer_begin(source->text, offset, source->size);
    gen_text out = {0};
    gen_token token;

    lexer.wants_comments = true;
    do
        token = gen_lexer_next(&lexer);
    while (token.offset < end && token.kind == GEN_TOKEN_PUNCTUATOR);
    if (token.kind != GEN_TOKEN_COMMENT || token.offset >= end ||
        is_annotation(source->text + token.offset,
                      source->text + token.offset + token.size))
        return NULL;
    add_comment(&out, source->text + token.offset,
                source->text + token.offset + token.size);
    return finish(r, &out);
}

/* ---- declarations -------------------------------------------------------- */

typedef struct {
    reader *reader;
    const char *tag; /* "struct", "union", "enum"; "" for other names */
    const char *name;
    gen_help *help;
    const gen_source_text *previous; /* the declaration before: where it ends */
    size_t previous_end;
    bool is_found;
} search;

static const char *tag_of(CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
        return "struct";
    case CXCursor_UnionDecl:
        return "union";
    case CXCursor_EnumDecl:
        return "enum";
    default:
        return "";
    }
}

static bool is_list_next(const char *text, gen_lexer lexer)
{
    return gen_token_is(text, gen_lexer_next(&lexer), "{");
}

/* The text of a declaration on one line, up to its body. */
static const char *head_of(reader *r, gen_span span)
{
    const char *text = span.source->text;
    gen_lexer lexer =
        gen_lexer_begin(text, span.offset, span.offset + span.size);
    gen_text out = {0};
    size_t before = span.offset;

    for (;;) {
        gen_token token = gen_lexer_next(&lexer);

        if (token.kind == GEN_TOKEN_END || gen_token_is(text, token, "{") ||
            (gen_token_is(text, token, "=") && is_list_next(text, lexer)))
            break;
        if (out.size > 0 && token.offset > before)
            gen_text_append_char(&out, ' ');
        gen_text_append(&out, text + token.offset, token.size);
        before = token.offset + token.size;
    }
    return finish(r, &out);
}

static gen_help_member *add_member(reader *r, gen_help *help)
{
    gen_help_member *grown =
        GEN_NEW_ARRAY(r->arena, gen_help_member, help->member_count + 1);

    if (help->member_count)
        memcpy(grown, help->members, help->member_count * sizeof *grown);
    help->members = grown;
    return &grown[help->member_count++];
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent,
                                            CXClientData data)
{
    search *s = data;
    reader *r = s->reader;
    gen_span span = reader_cursor_span(r, cursor);
    gen_span around = reader_cursor_span(r, parent);
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    gen_help_member *member;

    if (!span.source || span.source != around.source ||
        (kind != CXCursor_FieldDecl && kind != CXCursor_EnumConstantDecl))
        return CXChildVisit_Continue;
    if (s->previous != span.source || s->previous_end < around.offset)
        s->previous_end = around.offset;
    member = add_member(r, s->help);
    member->name = reader_text(r, clang_getCursorSpelling(cursor));
    if (kind == CXCursor_FieldDecl)
        member->type =
            reader_text(r, clang_getTypeSpelling(clang_getCursorType(cursor)));
    else
        member->value = gen_arena_format(
            r->arena, "%lld", clang_getEnumConstantDeclValue(cursor));
    member->doc = comment_behind(r, span.source, span.offset + span.size);
    /* int a, b: both begin with the type. */
    if (!member->doc && s->previous_end <= span.offset)
        member->doc =
            comment_before(r, span.source, s->previous_end, span.offset);
    s->previous = span.source;
    s->previous_end = span.offset + span.size;
    return CXChildVisit_Continue;
}

/* What only the definition tells. */
static void read_definition(search *s, CXCursor cursor)
{
    search members = {.reader = s->reader, .help = s->help};
    CXCursor record = cursor;
    gen_help *help = s->help;

    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl) {
        CXType type = clang_getTypedefDeclUnderlyingType(cursor);

        record = clang_getTypeDeclaration(type);
        if (clang_getCursorKind(record) == CXCursor_NoDeclFound)
            help->value = reader_text(s->reader, clang_getTypeSpelling(type));
        record = clang_getCursorDefinition(record);
    }
    if (help->member_count == 0 && *tag_of(record) &&
        clang_isCursorDefinition(record))
        clang_visitChildren(record, visit_member, &members);
}

static const char *type_of(search *s, CXCursor cursor, gen_span span)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_FunctionDecl:
    case CXCursor_VarDecl:
        return head_of(s->reader, span);
    case CXCursor_TypedefDecl:
        return "typedef";
    default:
        return s->tag;
    }
}

static void read_declaration(search *s, CXCursor cursor, gen_span span)
{
    gen_help *help = s->help;
    size_t begin = s->previous == span.source ? s->previous_end : 0;

    s->is_found = true;
    if (!help->type || clang_isCursorDefinition(cursor))
        help->type = type_of(s, cursor, span);
    if (!help->doc)
        help->doc =
            comment_before(s->reader, span.source,
                           begin <= span.offset ? begin : 0, span.offset);
    read_definition(s, cursor);
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent,
                                         CXClientData data)
{
    search *s = data;
    gen_span span = reader_cursor_span(s->reader, cursor);
    const char *name;

    (void)parent;
    if (!clang_isDeclaration(clang_getCursorKind(cursor)) || !span.source)
        return CXChildVisit_Continue;
    name = reader_text(s->reader, clang_getCursorSpelling(cursor));
    if (strcmp(tag_of(cursor), s->tag) == 0 && strcmp(name, s->name) == 0)
        read_declaration(s, cursor, span);
    s->previous = span.source;
    s->previous_end = span.offset + span.size;
    return CXChildVisit_Continue;
}

static bool read_macro(search *s)
{
    const gen_entity *macro =
        *s->tag ? NULL : reader_find_macro(s->reader, s->name, strlen(s->name));
    size_t size;
    const char *text =
        macro ? reader_macro_text(s->reader, macro, &size) : NULL;

    if (!text)
        return false;
    while (size > 0 && is_space(*text)) {
        text++;
        size--;
    }
    s->help->type = "#define";
    s->help->value = gen_arena_copy(s->reader->arena, text, size);
    if (macro->span.source) {
        const char *all = macro->span.source->text;
        size_t begin = macro->span.offset;

        while (begin > 0 && all[begin - 1] != '\n')
            begin--;
        s->help->doc = comment_before(s->reader, macro->span.source, 0, begin);
    }
    return true;
}

/* ---- calls --------------------------------------------------------------- */

/* Read "(name)", "(struct name)" behind the macro's name. */
static bool read_call(reader *r, gen_token name, search *s, gen_span *whole)
{
    const gen_source_text *source = r->main->text;
    const char *text = source->text;
    gen_lexer lexer =
        gen_lexer_begin(text, name.offset + name.size, source->size);
    gen_token open = gen_lexer_next(&lexer), word = gen_lexer_next(&lexer);
    static const char *const tags[] = {"struct", "union", "enum"};
    gen_token close;

    if (!gen_token_is(text, open, "("))
        return false;
    s->tag = "";
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (gen_token_is(text, word, tags[i]))
            s->tag = tags[i];
    }
    if (*s->tag)
        word = gen_lexer_next(&lexer);
    close = gen_lexer_next(&lexer);
    if (word.kind != GEN_TOKEN_IDENTIFIER || !gen_token_is(text, close, ")"))
        return false;
    s->name = gen_arena_copy(r->arena, text + word.offset, word.size);
    *whole = (gen_span){source, name.offset,
                        close.offset + close.size - name.offset};
    return true;
}

static void add_help(reader *r, const gen_help *help)
{
    gen_file *file = r->out;
    gen_help *grown = GEN_NEW_ARRAY(r->arena, gen_help, file->help_count + 1);

    if (file->help_count)
        memcpy(grown, file->helps, file->help_count * sizeof *grown);
    grown[file->help_count++] = *help;
    file->helps = grown;
}

static void read_help(reader *r, gen_token token)
{
    gen_help help = {0};
    search s = {.reader = r, .help = &help};

    if (!read_call(r, token, &s, &help.call))
        return;
    help.name =
        *s.tag ? gen_arena_format(r->arena, "%s %s", s.tag, s.name) : s.name;
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_top, &s);
    if (s.is_found || read_macro(&s))
        add_help(r, &help);
    else
        gen_error(r->diagnostics, help.call,
                  "st_help() is asked for '%s', which nothing here declares",
                  help.name);
}

void reader_find_helps(reader *r)
{
    const gen_source_text *source = r->main->text;
    gen_lexer lexer = gen_lexer_begin(source->text, 0, source->size);

    if (!memmem(source->text, source->size, help_name, strlen(help_name)) ||
        !reader_find_macro(r, "ST_ELEMENTS_H", strlen("ST_ELEMENTS_H")))
        return;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);

        if (token.kind == GEN_TOKEN_END)
            return;
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            gen_token_is(source->text, token, help_name) &&
            !reader_inactive_at(r, r->main, token.offset))
            read_help(r, token);
    }
}
