/* source_entity.c -- read one node of the graph: its hash, what it names.
 *
 * Declarations come from libclang's tree, which resolves every name; macros and
 * token hashes come from the text itself, read with the light lexer, since
 * libclang's tokens are slow and know nothing of nested macros.
 */
#include "source_graph.h"

#include "lex.h"

#include "base/hash.h"

#include <string.h>

/* ---- tokens ----------------------------------------------------------------
 */

/* A token's spelling, splices left out. */
static void add_token(gen_text *tokens, const char *text, gen_token token)
{
    const char *from = text + token.offset, *end = from + token.size;
    const char *splice;
    while ((splice = memchr(from, '\\', (size_t)(end - from)))) {
        const char *after = splice + 1;
        while (after < end && strchr(" \t\r\v\f", *after))
            after++;
        if (after == end || *after != '\n')
            after = splice; /* an escape: kept */
        gen_text_append(tokens, from, (size_t)(splice - from));
        if (after == splice)
            gen_text_append_char(tokens, '\\');
        from = after + 1;
    }
    gen_text_append(tokens, from, (size_t)(end - from));
    gen_text_append_char(tokens, '\0');
}

void graph_name_macros(reader *r, gen_entity *from, gen_entity *macro,
                       gen_span span)
{
    for (; macro; macro = graph_builder_of(macro)->next_macro) {
        graph_add_reference(r, from, macro, span);
        graph_push_macro(r, macro);
    }
}

static void note_identifier(reader *r, gen_entity *entity,
                            const reader_file *file, gen_token token)
{
    const char *text = file->text->text;
    gen_span span = {file->text, token.offset, token.size};
    if (token.size > 2 && text[token.offset] == '_' &&
        (gen_token_is(text, token, "__DATE__") ||
         gen_token_is(text, token, "__TIME__") ||
         gen_token_is(text, token, "__TIMESTAMP__") ||
         gen_token_is(text, token, "__COUNTER__"))) {
        if (!entity->reads_time)
            entity->time_macro = span;
        entity->reads_time = true;
    }
    graph_name_macros(
        r, entity, reader_find_macro(r, text + token.offset, token.size), span);
}

static bool names_compiler(const char *text, size_t size)
{
    static const char *const names[] = {"__clang__", "__GNUC__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (memmem(text, size, names[i], strlen(names[i])))
            return true;
    }
    return false;
}

/* A directive inside the extent: a pragma is part of the code, the text of an
 * included file too; conditions count by what they leave standing. */
static void read_tokens(reader *r, gen_entity *entity, reader_file *file,
                        gen_range range, int depth);

enum { DEEPEST_INCLUDE = 8 };

static void read_include(reader *r, gen_entity *entity, reader_file *from,
                         gen_token directive, int depth)
{
    size_t end = directive.offset + directive.size;
    reader_file *file = reader_included_at(r, from, directive.offset, end);
    if (file && !file->is_system)
        read_tokens(r, entity, file, (gen_range){0, file->text->size},
                    depth + 1);
}

static void read_directive(reader *r, gen_entity *entity, reader_file *file,
                           gen_token token, int depth)
{
    const char *text = file->text->text + token.offset;
    size_t at = 1;
    while (at < token.size && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (strncmp(text + at, "pragma", 6) == 0) {
        add_token(&graph_builder_of(entity)->tokens, file->text->text, token);
    } else if (strncmp(text + at, "include", 7) == 0 &&
               depth < DEEPEST_INCLUDE) {
        read_include(r, entity, file, token, depth);
    } else if ((strncmp(text + at, "if", 2) == 0 ||
                strncmp(text + at, "elif", 4) == 0) &&
               names_compiler(text, token.size)) {
        entity->reads_compiler_macro = true;
        entity->compiler_macro =
            (gen_span){file->text, token.offset, token.size};
    }
}

static void read_tokens(reader *r, gen_entity *entity, reader_file *file,
                        gen_range range, int depth)
{
    gen_lexer lexer = gen_lexer_begin(file->text->text, range.begin, range.end);
    graph_builder *build = graph_builder_of(entity);
    /* Nothing is skipped before that.  What one inclusion leaves out another
     * may need. */
    size_t looked_up_to =
        reader_is_included_again(r, file) ? SIZE_MAX : range.begin;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return;
        if (token.offset >= looked_up_to) {
            const gen_range *next = reader_inactive_from(r, file, token.offset);
            looked_up_to = next ? next->begin : SIZE_MAX;
            if (next && next->begin <= token.offset) {
                lexer = gen_lexer_begin(file->text->text, next->end, range.end);
                looked_up_to = next->end;
                continue;
            }
        }
        if (token.kind == GEN_TOKEN_DIRECTIVE) {
            read_directive(r, entity, file, token, depth);
            continue;
        }
        add_token(&build->tokens, file->text->text, token);
        if (token.kind == GEN_TOKEN_IDENTIFIER)
            note_identifier(r, entity, file, token);
    }
}

/* ---- references in the tree ------------------------------------------------
 */

typedef struct {
    reader *reader;
    gen_entity *entity;
    bool names_variable; /* one that somebody in this file may change */
} walk;

static void note_declaration(walk *w, CXCursor named, CXCursor cursor)
{
    gen_entity *entity = reader_entity(w->reader, named);
    if (!entity || entity == w->entity)
        return;
    if (graph_is_own_variable(entity))
        w->names_variable = true;
    graph_add_reference(
        w->reader, w->entity, entity,
        reader_name_span(w->reader, cursor, strlen(entity->name)));
}

static bool is_record_kind(enum CXCursorKind kind)
{
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

static void note_name(walk *w, CXCursor cursor)
{
    CXCursor named = clang_getCursorReferenced(cursor);
    if (clang_Cursor_isNull(named))
        return;
    note_declaration(w, named, cursor);
    if (clang_getCursorKind(named) != CXCursor_FieldDecl)
        return;
    /* The place of a member of an unnamed struct depends on the one around. */
    for (named = clang_getCursorSemanticParent(named);
         is_record_kind(clang_getCursorKind(named));
         named = clang_getCursorLexicalParent(named))
        note_declaration(w, named, cursor);
}

/* What a function of another file returns is named nowhere in this text. */
static void note_result(walk *w, CXCursor call)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(call));
    while (type.kind == CXType_Pointer)
        type = clang_getCanonicalType(clang_getPointeeType(type));
    if (type.kind == CXType_Record || type.kind == CXType_Enum)
        note_declaration(w, clang_getTypeDeclaration(type), call);
}

static void note_call(walk *w, CXCursor call)
{
    CXCursor callee = clang_getCursorReferenced(call);
    note_result(w, call);
    if (clang_getCursorKind(callee) == CXCursor_FunctionDecl ||
        w->entity->calls_through_pointer ||
        graph_calls_constant(w->reader, call))
        return;
    w->entity->calls_through_pointer = true;
    w->entity->pointer_call = reader_cursor_span(w->reader, call);
}

/* The name and arguments of an attribute, or of the macro that makes it. */
static gen_span attribute_span(reader *r, CXCursor attribute)
{
    gen_span span = reader_name_span(r, attribute, 0);
    gen_lexer lexer;
    gen_token token;
    int depth = 0;
    if (!span.source)
        return span;
    lexer = gen_lexer_begin(span.source->text, span.offset, span.source->size);
    gen_lexer_next(&lexer);
    span.size = lexer.offset - span.offset;
    do {
        token = gen_lexer_next(&lexer);
        depth += gen_token_is(span.source->text, token, "(");
        if (depth == 0)
            return span;
        depth -= gen_token_is(span.source->text, token, ")");
        span.size = lexer.offset - span.offset;
    } while (depth > 0 && token.kind != GEN_TOKEN_END);
    return span;
}

/* libclang names few attributes: read them in the text. */
static bool is_weak_attribute(reader *r, CXCursor attribute)
{
    static const char *const words[] = {"weak", "__weak__", "weak_import"};
    return reader_mentions(r, attribute_span(r, attribute), words,
                           sizeof words / sizeof *words);
}

/* An attribute of what the body declares is not one of the function's. */
static bool is_own_child(const walk *w, CXCursor parent)
{
    return clang_equalCursors(parent,
                              graph_builder_of(w->entity)->definition) != 0;
}

static enum CXChildVisitResult visit_tree(CXCursor cursor, CXCursor parent,
                                          CXClientData data)
{
    walk *w = data;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr:
    case CXCursor_MemberRef:
    case CXCursor_TypeRef:
        note_name(w, cursor);
        break;
    case CXCursor_CallExpr:
        note_call(w, cursor);
        break;
    case CXCursor_AsmStmt:
    case CXCursor_MSAsmStmt:
        w->entity->has_assembly = true;
        w->entity->assembly = reader_cursor_span(w->reader, cursor);
        break;
    case CXCursor_VisibilityAttr:
        if (is_own_child(w, parent))
            w->entity->is_visible =
                clang_getCursorVisibility(parent) == CXVisibility_Default;
        break;
    case CXCursor_UnexposedAttr:
        if (is_own_child(w, parent) && is_weak_attribute(w->reader, cursor))
            w->entity->is_replaceable = true;
        break;
    default:
        break;
    }
    return CXChildVisit_Recurse;
}

/* ---- one entity ------------------------------------------------------------
 */

static void add_number(gen_text *tokens, long long number)
{
    gen_text_append_format(tokens, "%lld", number);
    gen_text_append_char(tokens, '\0');
}

static enum CXVisitorResult add_layout(CXCursor field, CXClientData data)
{
    add_number(data, clang_Cursor_getOffsetOfField(field));
    return CXVisit_Continue;
}

/* What tokens do not tell: the type behind the names, the layout. */
static void add_meaning(reader *r, gen_entity *entity, CXCursor shown)
{
    gen_text *tokens = &graph_builder_of(entity)->tokens;
    CXType type = clang_getCursorType(shown);
    CXString spelling = clang_getTypeSpelling(clang_getCanonicalType(type));
    (void)r;
    if (!clang_Cursor_isAnonymous(clang_getTypeDeclaration(type)))
        gen_text_append_string(tokens, clang_getCString(spelling));
    clang_disposeString(spelling);
    gen_text_append_char(tokens, '\0');
    if (entity->kind != GEN_ENTITY_TYPE)
        return;
    add_number(tokens, clang_Type_getSizeOf(type));
    add_number(tokens, clang_Type_getAlignOf(type));
    if (is_record_kind(clang_getCursorKind(shown)) && !entity->is_system)
        clang_Type_visitFields(type, add_layout, tokens);
}

static void note_compiler_block(reader *r, gen_entity *entity);

static void read_declaration(reader *r, gen_entity *entity)
{
    graph_builder *build = graph_builder_of(entity);
    CXSourceRange extent = clang_getCursorExtent(build->definition);
    gen_span span = reader_span(r, extent);
    walk w = {.reader = r, .entity = entity};

    add_meaning(r, entity, build->definition);
    if (entity->is_system)
        return;
    build->file = span.source ? reader_file_of(r, span.source) : NULL;
    build->extent = (gen_range){span.offset, span.offset + span.size};
    if (build->has_definition && build->file) {
        read_tokens(r, entity, build->file, build->extent, 0);
        note_compiler_block(r, entity);
    }
    if (entity->kind == GEN_ENTITY_TYPE)
        graph_name_type(r, entity);
    clang_visitChildren(build->definition, visit_tree, &w);
    if (w.names_variable)
        graph_add_namer(r, entity);
}

/* The value of the last -D that defines the macro; "" if there is none.  The
 * text of the command line is no file that libclang would show. */
static const char *command_line_value(const reader *r, const char *name)
{
    const gen_source_request *request = r->request;
    const char *value = "";
    size_t size = strlen(name);
    for (size_t i = 0; i < request->flag_count; i++) {
        const char *flag = request->flags[i];
        if (strncmp(flag, "-D", 2) != 0)
            continue;
        flag += 2;
        if (!*flag && i + 1 < request->flag_count)
            flag = request->flags[++i];
        if (strncmp(flag, name, size) == 0 && strchr("=(", flag[size]))
            value = flag + size;
    }
    return value;
}

static void read_macro(reader *r, gen_entity *entity)
{
    graph_builder *build = graph_builder_of(entity);
    gen_span span = reader_span(r, clang_getCursorExtent(build->definition));
    bool is_function = clang_Cursor_isMacroFunctionLike(build->definition) != 0;

    entity->is_defined = true;
    entity->span = span;
    if (!span.source)
        gen_text_append_string(&build->tokens,
                               command_line_value(r, entity->name));
    if (!span.source || (entity->is_system && is_function))
        return;
    build->file = reader_file_of(r, span.source);
    read_tokens(r, entity, build->file,
                (gen_range){span.offset, span.offset + span.size},
                DEEPEST_INCLUDE);
    if (!entity->is_system)
        graph_find_pasted(r, entity);
}

static void finish_own_hash(gen_entity *entity)
{
    graph_builder *build = graph_builder_of(entity);
    gen_text framed = {0};
    memo_digest digest;

    gen_text_append_char(&framed, (char)('0' + (int)entity->kind));
    gen_text_append_string(&framed, entity->name);
    gen_text_append_char(&framed, '\0');
    if (build->tokens.size)
        gen_text_append(&framed, build->tokens.data, build->tokens.size);
    digest = memo_hash_stable(framed.data, framed.size);
    entity->own = (gen_hash){digest.low, digest.high};
    gen_text_finish(&framed);
    gen_text_finish(&build->tokens);
}

void reader_finish_graph(reader *r)
{
    while (r->work_count) {
        gen_entity *entity = r->work[--r->work_count];
        if (entity->kind == GEN_ENTITY_MACRO)
            read_macro(r, entity);
        else
            read_declaration(r, entity);
        finish_own_hash(entity);
    }
}

/* ---- code that only one compiler sees --------------------------------------
 */

static void add_block(reader *r, reader_file *file, gen_range block)
{
    gen_range *grown =
        GEN_NEW_ARRAY(r->arena, gen_range, file->compiler_block_count + 1);
    if (file->compiler_block_count)
        memcpy(grown, file->compiler_blocks,
               file->compiler_block_count * sizeof *grown);
    grown[file->compiler_block_count++] = block;
    file->compiler_blocks = grown;
}

enum { DEEPEST_CONDITION = 64 };

/* The blocks under a condition on the compiler's name; found line by line,
 * since only lines that begin with '#' matter. */
static void find_compiler_blocks(reader *r, reader_file *file)
{
    const char *text = file->text->text, *end = text + file->text->size;
    struct {
        size_t begin;
        bool is_about_compiler;
    } open[DEEPEST_CONDITION];
    int depth = 0;

    file->has_compiler_blocks = true;
    if (!names_compiler(text, file->text->size))
        return;
    for (const char *line = text; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *at = line, *stop = newline ? newline : end;
        while (at < stop && (*at == ' ' || *at == '\t'))
            at++;
        if (at < stop && *at == '#') {
            at++;
            while (at < stop && (*at == ' ' || *at == '\t'))
                at++;
            if (strncmp(at, "if", 2) == 0 && depth < DEEPEST_CONDITION) {
                open[depth].begin = (size_t)(line - text);
                open[depth++].is_about_compiler =
                    names_compiler(at, (size_t)(stop - at));
            } else if (strncmp(at, "endif", 5) == 0 && depth > 0 &&
                       open[--depth].is_about_compiler) {
                add_block(
                    r, file,
                    (gen_range){open[depth].begin, (size_t)(stop - text)});
            }
        }
        line = stop + 1;
    }
}

static void note_compiler_block(reader *r, gen_entity *entity)
{
    graph_builder *build = graph_builder_of(entity);
    reader_file *file = build->file;
    if (!file->has_compiler_blocks)
        find_compiler_blocks(r, file);
    for (size_t i = 0; i < file->compiler_block_count; i++) {
        gen_range block = file->compiler_blocks[i];
        if (block.begin <= build->extent.begin &&
            build->extent.end <= block.end) {
            entity->reads_compiler_macro = true;
            entity->compiler_macro = (gen_span){file->text, block.begin, 1};
        }
    }
}
