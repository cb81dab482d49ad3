/* source_function.c -- one function definition as plain data. */
#include "source_reader.h"

#include "head.h"
#include "lex.h"

#include <string.h>

/* ---- questions of the head's reader ----------------------------------------
 */

typedef struct {
    reader *reader;
    reader_file *file;
} head_context;

static const char *head_macro_text(void *context, const char *name, size_t size,
                                   size_t *text_size)
{
    head_context *head = context;
    const gen_entity *macro = reader_find_macro(head->reader, name, size);
    return macro ? reader_macro_text(head->reader, macro, text_size) : NULL;
}

static size_t head_inactive_end(void *context, size_t offset)
{
    head_context *head = context;
    const gen_range *range =
        reader_inactive_at(head->reader, head->file, offset);
    return range ? range->end : 0;
}

static void read_head(reader *r, gen_function *function, gen_span span,
                      bool is_prototype)
{
    head_context context = {r, reader_file_of(r, span.source)};
    gen_head_questions questions = {&context, head_macro_text,
                                    head_inactive_end};
    if (context.file)
        gen_head_read(r->arena, function, span, is_prototype, &questions);
}

/* ---- parameters ------------------------------------------------------------
 */

/* "static const n" between brackets is "n". */
static const char *length_text(reader *r, const char *text, size_t begin,
                               size_t end)
{
    gen_lexer lexer = gen_lexer_begin(text, begin, end);
    gen_token token = gen_lexer_next(&lexer);
    static const char *const words[] = {"static",   "const",
                                        "restrict", "__restrict",
                                        "volatile", "__restrict__"};
    for (size_t i = 0; i < sizeof words / sizeof *words;) {
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            gen_token_is(text, token, words[i])) {
            token = gen_lexer_next(&lexer);
            i = 0;
        } else {
            i++;
        }
    }
    if (token.kind == GEN_TOKEN_END)
        return NULL;
    while (end > token.offset && strchr(" \t\r\n", text[end - 1]))
        end--;
    return gen_arena_copy(r->arena, text + token.offset, end - token.offset);
}

/* Give the array types of a parameter, or those that it points at, the lengths
 * that are written behind its name, outermost first. */
static void read_lengths(reader *r, const gen_parameter *parameter)
{
    const gen_source_text *source = parameter->span.source;
    gen_type *type = parameter->type;
    size_t end = parameter->span.offset + parameter->span.size;
    size_t begin = 0;
    gen_lexer lexer;
    int depth = 0;
    if (type->kind == GEN_TYPE_POINTER)
        type = type->target;
    if (!source || type->kind != GEN_TYPE_ARRAY)
        return;
    lexer = gen_lexer_begin(
        source->text, parameter->name_span.offset + parameter->name_span.size,
        end);
    while (type->kind == GEN_TYPE_ARRAY) {
        gen_token token = gen_lexer_next(&lexer);
        if (token.kind == GEN_TOKEN_END)
            return;
        if ((gen_token_is(source->text, token, "[") ||
             gen_token_is(source->text, token, "<:")) &&
            depth++ == 0)
            begin = lexer.offset;
        if (!(gen_token_is(source->text, token, "]") ||
              gen_token_is(source->text, token, ":>")) ||
            --depth > 0)
            continue;
        if (!type->length)
            type->length = length_text(r, source->text, begin, token.offset);
        type = type->target;
    }
}

static void read_parameters(reader *r, gen_function *function,
                            CXCursor definition)
{
    int count = clang_Cursor_getNumArguments(definition);
    if (count <= 0)
        return;
    function->parameter_count = (size_t)count;
    function->parameters =
        GEN_NEW_ARRAY(r->arena, gen_parameter, (size_t)count);
    for (unsigned i = 0; i < (unsigned)count; i++) {
        gen_parameter *parameter = &function->parameters[i];
        CXCursor cursor = clang_Cursor_getArgument(definition, i);
        const char *name = reader_text(r, clang_getCursorSpelling(cursor));
        parameter->name = *name ? name : NULL;
        parameter->span = reader_cursor_span(r, cursor);
        parameter->name_span = reader_name_span(r, cursor, strlen(name));
        parameter->type = reader_type(r, clang_getCursorType(cursor));
        read_lengths(r, parameter);
    }
}

/* ---- the function ----------------------------------------------------------
 */

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent,
                                         CXClientData data)
{
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_CompoundStmt)
        return CXChildVisit_Continue;
    *(CXCursor *)data = cursor;
    return CXChildVisit_Break;
}

static bool stands_at(gen_span span, const char *text)
{
    size_t size = strlen(text);
    return span.source && span.offset + size <= span.source->size &&
           memcmp(span.source->text + span.offset, text, size) == 0;
}

/* The name where it stands; of size 0 if something else stands there.  A splice
 * inside of it is part of it. */
static gen_span name_at(gen_span span, const char *name)
{
    gen_lexer lexer;
    gen_token token;
    if (!span.source)
        return span;
    lexer = gen_lexer_begin(span.source->text, span.offset, span.source->size);
    token = gen_lexer_next(&lexer);
    span.size = token.offset == span.offset &&
                        gen_token_is(span.source->text, token, name)
                    ? token.size
                    : 0;
    return span;
}

/* Macros that expand to nothing here are part of the head as well. */
size_t reader_head_begin(reader *r, size_t from, size_t declaration)
{
    const char *text = r->main->text->text;
    gen_lexer lexer = gen_lexer_begin(text, from, declaration);
    int depth = 0;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        bool opens =
            gen_token_is(text, token, "[") || gen_token_is(text, token, "(");
        bool closes =
            gen_token_is(text, token, "]") || gen_token_is(text, token, ")");
        if (token.kind == GEN_TOKEN_END)
            return from;
        depth += opens - closes;
        if (depth == 0 && !closes &&
            !gen_token_is(text, token, "__extension__") &&
            !gen_token_is(text, token, "_Pragma") &&
            !(token.kind == GEN_TOKEN_IDENTIFIER &&
              reader_find_macro(r, text + token.offset, token.size)))
            return declaration;
    }
}

static gen_span expansion_span(reader *r, CXCursor cursor, size_t size)
{
    CXFile file = NULL;
    unsigned offset = 0;
    reader_file *found;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL,
                               NULL, &offset);
    found = reader_find_file(r, file);
    return found ? (gen_span){found->text, offset, size} : (gen_span){0};
}

static void read_head_words(gen_function *function)
{
    int depth = 0;
    for (size_t i = 0; i < function->head_token_count; i++) {
        const char *text = function->head_tokens[i].text;
        depth += (strcmp(text, "{") == 0) - (strcmp(text, "}") == 0);
        if (depth == 0 && strcmp(text, ";") == 0)
            function->is_old_style = true;
        if (depth > 0)
            function->defines_type_in_head = true;
        if (strcmp(text, "extern") == 0)
            function->is_extern = true;
    }
}

static void read_text(reader *r, gen_function *function)
{
    static const char *const names[] = {"__func__", "__FUNCTION__",
                                        "__PRETTY_FUNCTION__"};
    read_head(r, function, function->head, false);
    read_head_words(function);
    function->uses_function_name =
        reader_mentions(r, function->body, names, sizeof names / sizeof *names);
}

gen_function *reader_function(reader *r, CXCursor definition, size_t begin)
{
    gen_function *function = GEN_NEW(r->arena, gen_function);
    gen_span whole = reader_cursor_span(r, definition);
    CXType type = clang_getCursorType(definition);
    CXCursor body = clang_getNullCursor();
    CXCursor *kept = GEN_NEW(r->arena, CXCursor);

    *kept = clang_getCanonicalCursor(definition);
    function->definition = kept;
    function->name = reader_text(r, clang_getCursorSpelling(definition));
    function->name_span =
        name_at(expansion_span(r, definition, 0), function->name);
    function->result = reader_type(r, clang_getResultType(type));
    function->is_static =
        clang_getCursorLinkage(definition) == CXLinkage_Internal;
    function->is_inline = clang_Cursor_isFunctionInlined(definition) != 0;
    function->has_gnu_inline_rules =
        reader_find_macro(r, "__GNUC_GNU_INLINE__", 19) != NULL;
    function->is_variadic = clang_Cursor_isVariadic(definition) != 0 &&
                            type.kind == CXType_FunctionProto;
    function->has_prototype_before = !clang_equalCursors(*kept, definition);
    read_parameters(r, function, definition);

    clang_visitChildren(definition, find_body, &body);
    function->body = reader_cursor_span(r, body);
    function->is_name_from_macro =
        function->name_span.size == 0 ||
        !(stands_at(function->body, "{") || stands_at(function->body, "<%"));
    if (function->is_name_from_macro || !function->body.source)
        return function;
    function->head =
        (gen_span){whole.source, begin, function->body.offset - begin};
    read_text(r, function);
    reader_returns(r, function, body);
    reader_writes(r, function, definition, body);
    return function;
}

const char *reader_parameter_types(reader *r, CXCursor declaration)
{
    CXType type = clang_getCursorType(declaration);
    int count = clang_getNumArgTypes(type);
    const char *text = "(";
    for (unsigned i = 0; count > 0 && i < (unsigned)count; i++) {
        CXString spelling = clang_getTypeSpelling(clang_getArgType(type, i));
        text = gen_arena_format(r->arena, "%s%s%s", text, i ? ", " : "",
                                clang_getCString(spelling));
        clang_disposeString(spelling);
    }
    return gen_arena_format(r->arena, "%s)", count > 0 ? text : "(void");
}

/* ---- prototypes ------------------------------------------------------------
 */

static enum CXChildVisitResult visit_prototype(CXCursor cursor, CXCursor parent,
                                               CXClientData data)
{
    reader *r = data;
    CXCursor canonical;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl ||
        clang_isCursorDefinition(cursor))
        return CXChildVisit_Continue;
    canonical = clang_getCanonicalCursor(cursor);
    for (size_t i = 0; i < r->out->function_count; i++) {
        gen_function *function = &r->out->functions[i];
        if (clang_equalCursors(canonical,
                               *(const CXCursor *)function->definition)) {
            gen_span span = reader_cursor_span(r, cursor);
            if (span.source)
                read_head(r, function, span, true);
            break;
        }
    }
    return CXChildVisit_Continue;
}

void reader_prototypes(reader *r)
{
    if (r->out->function_count)
        clang_visitChildren(clang_getTranslationUnitCursor(r->unit),
                            visit_prototype, r);
}
