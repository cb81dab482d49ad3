/* source_text.c -- places of the text that the rewriter changes. */
#include "source_reader.h"

#include "lex.h"
#include "rewrite.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

/* ---- includes --------------------------------------------------------------
 */

static bool exists_next_to(reader *r, const char *name, size_t size)
{
    const char *path = r->request->text->path;
    const char *slash = strrchr(path, '/');
    struct stat found;
    const char *full = gen_arena_format(r->arena, "%.*s%.*s",
                                        slash ? (int)(slash - path + 1) : 0,
                                        path, (int)size, name);
    return size > 0 && name[0] != '/' && stat(full, &found) == 0 &&
           S_ISREG(found.st_mode);
}

static void add_include(reader *r, gen_token directive)
{
    const char *text = r->main->text->text;
    const char *begin = text + directive.offset, *end = begin + directive.size;
    const char *open = memchr(begin, '"', directive.size);
    while (open) {
        const char *close = memchr(open + 1, '"', (size_t)(end - open - 1));
        if (!close)
            return;
        if (exists_next_to(r, open + 1, (size_t)(close - open - 1))) {
            gen_file *file = r->out;
            gen_include *grown =
                GEN_NEW_ARRAY(r->arena, gen_include, file->include_count + 1);
            if (file->include_count)
                memcpy(grown, file->includes,
                       file->include_count * sizeof *grown);
            grown[file->include_count++].name =
                (gen_span){r->main->text, (size_t)(open + 1 - text),
                           (size_t)(close - open - 1)};
            file->includes = grown;
        }
        open = memchr(close + 1, '"', (size_t)(end - close - 1));
    }
}

/* "#line 7" or "# 7" */
static bool is_line_directive(const char *text, size_t size)
{
    size_t at = 1;
    while (at < size && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return (size - at > 4 && strncmp(text + at, "line", 4) == 0) ||
           (at < size && isdigit((unsigned char)text[at]));
}

static gen_line_mark *new_line_mark(reader *r)
{
    gen_file *file = r->out;
    size_t count = file->line_mark_count;
    if ((count & (count - 1)) == 0) { /* as many as there is room for */
        gen_line_mark *grown =
            GEN_NEW_ARRAY(r->arena, gen_line_mark, count ? count * 2 : 1);
        if (count)
            memcpy(grown, file->line_marks, count * sizeof *grown);
        file->line_marks = grown;
    }
    return &file->line_marks[file->line_mark_count++];
}

/* libclang tells what the next line is known as: a macro may say it. */
static void add_line_mark(reader *r, gen_token directive)
{
    const gen_source_text *text = r->main->text;
    size_t offset = directive.offset + directive.size + 1;
    unsigned line = 0, known_as = 0;
    CXSourceLocation at;
    CXString name;
    gen_line_mark *mark;
    const char *path;
    if (offset >= text->size || reader_inactive_at(r, r->main, offset))
        return;
    at = clang_getLocationForOffset(r->unit, r->main->file, (unsigned)offset);
    clang_getFileLocation(at, NULL, &line, NULL, NULL);
    clang_getPresumedLocation(at, &name, &known_as, NULL);
    path = reader_text(r, name);
    mark = new_line_mark(r);
    *mark = (gen_line_mark){offset, line, known_as, path};
    if (strcmp(path, text->path) == 0)
        mark->path = NULL;
}

/* #line, #include "…", and #if with __has_include("…"), found without lexing
 * what has no '#' at its line's begin. */
void reader_find_directives(reader *r)
{
    const gen_source_text *text = r->main->text;
    const char *at = text->text, *end = at + text->size;
    while ((at = memchr(at, '#', (size_t)(end - at)))) {
        size_t offset = (size_t)(at - text->text);
        const char *line = at;
        gen_lexer lexer;
        gen_token token;
        while (line > text->text && (line[-1] == ' ' || line[-1] == '\t'))
            line--;
        at++;
        if (line > text->text && line[-1] != '\n')
            continue;
        lexer = gen_lexer_begin(text->text, offset, text->size);
        token = gen_lexer_next(&lexer);
        if (token.kind != GEN_TOKEN_DIRECTIVE)
            continue;
        if (memmem(text->text + offset, token.size, "include", 7))
            add_include(r, token);
        if (is_line_directive(text->text + offset, token.size))
            add_line_mark(r, token);
        at = text->text + offset + token.size;
    }
}

/* ---- memo_clear_args(f, …) -------------------------------------------------
 */

static const char clear_name[] = "memo_clear_args";

/* The token after the argument that begins at the lexer's place: a comma or the
 * closing bracket of the call. */
static gen_token skip_argument(const char *text, gen_lexer *lexer)
{
    int depth = 0;
    for (;;) {
        gen_token token = gen_lexer_next(lexer);
        if (token.kind == GEN_TOKEN_END)
            return token;
        if (depth == 0 &&
            (gen_token_is(text, token, ",") || gen_token_is(text, token, ")")))
            return token;
        depth += gen_token_is(text, token, "(");
        depth -= gen_token_is(text, token, ")");
    }
}

/* Read "(f, …)" after the macro's name; false if it is no plain call. */
static bool read_clear_use(reader *r, gen_token name, gen_clear_use *use)
{
    const gen_source_text *source = r->main->text;
    const char *text = source->text;
    gen_lexer lexer =
        gen_lexer_begin(text, name.offset + name.size, source->size);
    gen_token open = gen_lexer_next(&lexer);
    gen_token function = gen_lexer_next(&lexer), after;

    if (!gen_token_is(text, open, "(") || function.kind != GEN_TOKEN_IDENTIFIER)
        return false;
    after = gen_lexer_next(&lexer);
    if (!gen_token_is(text, after, ",") && !gen_token_is(text, after, ")"))
        return false;
    use->call = (gen_span){source, name.offset, name.size};
    use->name = gen_arena_copy(r->arena, text + function.offset, function.size);
    use->open =
        (gen_span){source, open.offset,
                   gen_token_is(text, after, ",") ? lexer.offset - open.offset
                                                  : after.offset - open.offset};
    while (gen_token_is(text, after, ","))
        after = skip_argument(text, &lexer);
    use->close = (gen_span){source, after.offset, after.size};
    return gen_token_is(text, after, ")");
}

static void add_clear_use(reader *r, gen_clear_use use)
{
    gen_file *file = r->out;
    gen_clear_use *grown =
        GEN_NEW_ARRAY(r->arena, gen_clear_use, file->clear_use_count + 1);
    if (file->clear_use_count)
        memcpy(grown, file->clear_uses, file->clear_use_count * sizeof *grown);
    grown[file->clear_use_count++] = use;
    file->clear_uses = grown;
}

/* Fill what only declarations tell: the parameters' types of the functions
 * named, and the top-level declaration around each use. */
static enum CXChildVisitResult
visit_declaration(CXCursor cursor, CXCursor parent, CXClientData data)
{
    reader *r = data;
    gen_span span;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    span = reader_cursor_span(r, cursor);
    for (size_t i = 0; i < r->out->clear_use_count; i++) {
        gen_clear_use *use = &r->out->clear_uses[i];
        CXString name = clang_getCursorSpelling(cursor);
        if (span.source == r->main->text && span.offset <= use->call.offset &&
            use->call.offset < span.offset + span.size)
            use->top = span.offset;
        if (strcmp(clang_getCString(name), use->name) == 0)
            use->parameters = reader_parameter_types(r, cursor);
        clang_disposeString(name);
    }
    return CXChildVisit_Continue;
}

/* What old C declares by the use itself has no types to know: the macro stays
 * and says so. */
static void drop_undeclared(gen_file *file)
{
    size_t kept = 0;
    for (size_t i = 0; i < file->clear_use_count; i++) {
        if (file->clear_uses[i].parameters)
            file->clear_uses[kept++] = file->clear_uses[i];
    }
    file->clear_use_count = kept;
}

/* Without memo.h the name is any other name.  C90 sees the guard alone: the
 * macro needs variadic macros. */
static bool includes_memo_h(const reader *r)
{
    return reader_find_macro(r, "MEMO_H", strlen("MEMO_H")) != NULL;
}

void reader_find_clear_uses(reader *r)
{
    const gen_source_text *source = r->main->text;
    gen_lexer lexer = gen_lexer_begin(source->text, 0, source->size);
    if (!memmem(source->text, source->size, clear_name, strlen(clear_name)) ||
        !includes_memo_h(r))
        return;
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        gen_clear_use use = {.parameters = NULL};
        if (token.kind == GEN_TOKEN_END)
            break;
        if (token.kind == GEN_TOKEN_IDENTIFIER &&
            gen_token_is(source->text, token, clear_name) &&
            !reader_inactive_at(r, r->main, token.offset) &&
            read_clear_use(r, token, &use))
            add_clear_use(r, use);
    }
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit),
                        visit_declaration, r);
    drop_undeclared(r->out);
}
