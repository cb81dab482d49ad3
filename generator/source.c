/* source.c -- parse a file with libclang and walk its top level. */
#include "source_reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- places ----------------------------------------------------------------
 */

const char *reader_text(reader *r, CXString string)
{
    const char *text = clang_getCString(string);
    char *copy =
        gen_arena_copy(r->arena, text ? text : "", text ? strlen(text) : 0);
    clang_disposeString(string);
    return copy;
}

static const gen_source_text *copy_text(reader *r, const char *path,
                                        const char *contents, size_t size)
{
    gen_source_text *text = GEN_NEW(r->arena, gen_source_text);
    text->path = path;
    text->size = contents ? size : 0;
    text->text = gen_arena_copy(r->arena, contents, text->size);
    return text;
}

reader_file *reader_find_file(reader *r, CXFile file)
{
    reader_file **link = &r->files;
    size_t size = 0;
    const char *contents, *path;
    if (!file)
        return NULL;
    for (; *link; link = &(*link)->next) {
        if (clang_File_isEqual((*link)->file, file))
            return *link;
    }
    *link = GEN_NEW(r->arena, reader_file);
    (*link)->file = file;
    (*link)->is_system = clang_Location_isInSystemHeader(
                             clang_getLocationForOffset(r->unit, file, 0)) != 0;
    contents = clang_getFileContents(r->unit, file, &size);
    path = reader_text(r, clang_getFileName(file));
    (*link)->text = !r->main && strcmp(path, r->request->text->path) == 0
                        ? r->request->text
                        : copy_text(r, path, contents, size);
    return *link;
}

reader_file *reader_file_of(reader *r, const gen_source_text *text)
{
    for (reader_file *file = r->files; file; file = file->next) {
        if (file->text == text)
            return file;
    }
    return NULL;
}

gen_span reader_span(reader *r, CXSourceRange range)
{
    CXFile file = NULL, end_file = NULL;
    unsigned begin = 0, end = 0;
    reader_file *found;
    clang_getExpansionLocation(clang_getRangeStart(range), &file, NULL, NULL,
                               &begin);
    clang_getExpansionLocation(clang_getRangeEnd(range), &end_file, NULL, NULL,
                               &end);
    found = reader_find_file(r, file);
    if (!found)
        return (gen_span){0};
    if (!end_file || !clang_File_isEqual(file, end_file) || end < begin)
        end = begin;
    return (gen_span){found->text, begin, end - begin};
}

gen_span reader_cursor_span(reader *r, CXCursor cursor)
{
    return reader_span(r, clang_getCursorExtent(cursor));
}

gen_span reader_name_span(reader *r, CXCursor cursor, size_t size)
{
    CXFile file = NULL;
    unsigned offset = 0;
    reader_file *found;
    clang_getFileLocation(clang_getCursorLocation(cursor), &file, NULL, NULL,
                          &offset);
    found = reader_find_file(r, file);
    if (!found)
        return (gen_span){0};
    if (offset + size > found->text->size)
        size = 0;
    return (gen_span){found->text, offset, size};
}

bool reader_is_in_main(reader *r, CXCursor cursor)
{
    CXFile file = NULL;
    clang_getFileLocation(clang_getCursorLocation(cursor), &file, NULL, NULL,
                          NULL);
    return file && r->main && clang_File_isEqual(file, r->main->file);
}

static void read_inactive(reader *r, reader_file *file)
{
    CXSourceRangeList *list = clang_getSkippedRanges(r->unit, file->file);
    file->has_inactive = true;
    if (!list)
        return;
    file->inactive = GEN_NEW_ARRAY(r->arena, gen_range, list->count);
    for (unsigned i = 0; i < list->count; i++) {
        unsigned begin = 0, end = 0;
        clang_getFileLocation(clang_getRangeStart(list->ranges[i]), NULL, NULL,
                              NULL, &begin);
        clang_getFileLocation(clang_getRangeEnd(list->ranges[i]), NULL, NULL,
                              NULL, &end);
        file->inactive[file->inactive_count++] = (gen_range){begin, end};
    }
    clang_disposeSourceRangeList(list);
}

const gen_range *reader_inactive_from(reader *r, reader_file *file,
                                      size_t offset)
{
    size_t low = 0, high;
    if (!file->has_inactive)
        read_inactive(r, file);
    high = file->inactive_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (file->inactive[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->inactive_count ? &file->inactive[low] : NULL;
}

const gen_range *reader_inactive_at(reader *r, reader_file *file, size_t offset)
{
    const gen_range *range = reader_inactive_from(r, file, offset);
    return range && range->begin <= offset ? range : NULL;
}

/* ---- libclang's own complaints ---------------------------------------------
 */

static void report_diagnostic(reader *r, CXDiagnostic diagnostic)
{
    const char *text = reader_text(r, clang_getDiagnosticSpelling(diagnostic));
    CXFile file = NULL;
    unsigned offset = 0;
    reader_file *found;
    gen_span span = {0};
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, NULL,
                          NULL, &offset);
    found = reader_find_file(r, file);
    if (found)
        span = (gen_span){found->text, offset, 0};
    if (!found) /* an unknown gcc flag: parsing goes on */
        gen_remark(r->diagnostics, span, "%s", text);
    else if (r->request->is_pass_through)
        gen_remark(r->diagnostics, span,
                   "%s; the functions of this file count by name only", text);
    else
        gen_error(r->diagnostics, span, "%s", text);
}

/* Report what stops us; true if there is nothing that does. */
static bool report_errors(reader *r)
{
    unsigned count = clang_getNumDiagnostics(r->unit);
    bool is_sound = true;
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        bool is_error =
            clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        CXFile file = NULL;
        clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file,
                              NULL, NULL, NULL);
        if (is_error && (is_sound || !r->request->is_pass_through))
            report_diagnostic(r, diagnostic);
        if (is_error && file)
            is_sound = false;
        clang_disposeDiagnostic(diagnostic);
    }
    return is_sound;
}

/* ---- parsing ---------------------------------------------------------------
 */

static const char **all_flags(gen_arena *arena,
                              const gen_source_request *request, int *count)
{
    static const char *const probing[] = {
        "-Wno-everything",
        "-Wno-error",
        "-Wassume",
        "-Werror=implicit-function-declaration",
        "-Werror=int-conversion",
        "-Werror=incompatible-pointer-types",
        "-Werror=incompatible-function-pointer-types",
        "-Werror=incompatible-pointer-types-discards-qualifiers"};
    const size_t probing_count = sizeof probing / sizeof *probing;
    size_t total =
        request->flag_count + request->outer_flag_count + probing_count + 2;
    const char **flags = GEN_NEW_ARRAY(arena, const char *, total);
    int used = 0;
    flags[used++] = "-xc";
    /* gcc knows [[…]] in every standard. */
    flags[used++] = "-fdouble-square-bracket-attributes";
    for (size_t i = 0; i < request->flag_count; i++) {
        if (strcmp(request->flags[i], "-w") != 0)
            flags[used++] = request->flags[i];
    }
    for (size_t i = 0; i < request->outer_flag_count; i++)
        flags[used++] = request->outer_flags[i];
    if (!request->is_probe)
        flags[used++] = "-w";
    for (size_t i = 0; request->is_probe && i < probing_count; i++)
        flags[used++] = probing[i];
    *count = used;
    return flags;
}

CXTranslationUnit reader_parse(gen_arena *arena, CXIndex index,
                               const gen_source_request *request,
                               const char *text, size_t size)
{
    struct CXUnsavedFile unsaved = {request->text->path, text,
                                    (unsigned long)size};
    CXTranslationUnit unit = NULL;
    /* #pragma weak is an implicit attribute. */
    const unsigned options = CXTranslationUnit_DetailedPreprocessingRecord |
                             CXTranslationUnit_KeepGoing |
                             CXTranslationUnit_VisitImplicitAttributes;
    int count = 0;
    const char **flags = all_flags(arena, request, &count);
    enum CXErrorCode code = clang_parseTranslationUnit2(
        index, request->text->path, flags, count, &unsaved, 1, options, &unit);
    return code == CXError_Success ? unit : NULL;
}

/* ---- the top level ---------------------------------------------------------
 */

typedef struct {
    reader *reader;
    gen_function **next_candidate;
    size_t owned_capacity, function_capacity;
    size_t previous_end; /* of the declaration before */
} top_walk;

static void add_owned(top_walk *w, gen_entity *entity)
{
    gen_file *file = w->reader->out;
    if (!entity || !entity->is_owned || entity->is_listed)
        return;
    entity->is_listed = true;
    if (file->owned_count == w->owned_capacity) {
        size_t capacity = w->owned_capacity ? w->owned_capacity * 2 : 64;
        gen_entity **grown =
            GEN_NEW_ARRAY(w->reader->arena, gen_entity *, capacity);
        if (file->owned_count)
            memcpy(grown, file->owned,
                   file->owned_count * sizeof(gen_entity *));
        file->owned = grown;
        w->owned_capacity = capacity;
    }
    file->owned[file->owned_count++] = entity;
}

/* The annotation of the function whose head libclang sees at `head`, and where
 * that head really begins. */
static const gen_annotation_site *site_before(const top_walk *w, size_t head,
                                              size_t *begin, size_t *index)
{
    const gen_scan *scan = w->reader->request->scan;
    for (size_t i = 0; i < scan->count; i++) {
        const gen_annotation_site *site = &scan->sites[i];
        if (site->next_token > head)
            return NULL;
        if (gen_source_is_type_site(site) || site->is_trailing ||
            site->is_followed_by_annotation || site->depth > 0)
            continue;
        /* What the head itself defines ends behind its beginning. */
        if (site->next_token < w->previous_end && site->next_token != head)
            continue;
        *begin = reader_head_begin(w->reader, site->next_token, head);
        if (*begin == site->next_token) {
            *index = i;
            return site;
        }
    }
    return NULL;
}

static void add_function(top_walk *w, CXCursor definition, gen_entity *entity)
{
    reader *r = w->reader;
    gen_span span = reader_cursor_span(r, definition);
    size_t index = 0, begin = span.offset;
    const gen_annotation_site *site =
        site_before(w, span.offset, &begin, &index);
    gen_function *function;

    if (!site && !r->request->wants_candidates)
        return;
    function = reader_function(r, definition, site ? begin : span.offset);
    function->entity = entity;
    function->site = site;
    if (!site) {
        *w->next_candidate = function;
        w->next_candidate = &function->next;
        return;
    }
    function->annotation = r->request->annotations[index];
    if (r->out->function_count == w->function_capacity) {
        size_t capacity = w->function_capacity ? w->function_capacity * 2 : 16;
        gen_function *grown = GEN_NEW_ARRAY(r->arena, gen_function, capacity);
        if (r->out->function_count)
            memcpy(grown, r->out->functions,
                   r->out->function_count * sizeof *grown);
        r->out->functions = grown;
        w->function_capacity = capacity;
    }
    r->out->functions[r->out->function_count++] = *function;
}

static void visit_declaration(top_walk *w, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    gen_entity *entity;
    if (kind != CXCursor_FunctionDecl && kind != CXCursor_VarDecl)
        return;
    entity = reader_entity(w->reader, cursor);
    add_owned(w, entity);
    if (kind == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor))
        add_function(w, cursor, entity);
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent,
                                         CXClientData data)
{
    top_walk *w = data;
    gen_span span;
    (void)parent;
    if (!clang_isDeclaration(clang_getCursorKind(cursor)) ||
        !reader_is_in_main(w->reader, cursor))
        return CXChildVisit_Continue;
    visit_declaration(w, cursor);
    span = reader_cursor_span(w->reader, cursor);
    if (span.offset + span.size > w->previous_end)
        w->previous_end = span.offset + span.size;
    return CXChildVisit_Continue;
}

/* ---- files that the result depends on --------------------------------------
 */

typedef struct {
    reader *reader;
    size_t capacity;
} dependency_walk;

static void add_dependency(CXFile included, CXSourceLocation *stack,
                           unsigned depth, CXClientData data)
{
    dependency_walk *w = data;
    gen_file *file = w->reader->out;
    (void)stack;
    (void)depth;
    if (file->dependency_count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 32;
        const char **grown =
            GEN_NEW_ARRAY(w->reader->arena, const char *, capacity);
        if (file->dependency_count)
            memcpy(grown, file->dependencies,
                   file->dependency_count * sizeof *grown);
        file->dependencies = grown;
        w->capacity = capacity;
    }
    file->dependencies[file->dependency_count++] =
        reader_text(w->reader, clang_getFileName(included));
    reader_find_file(w->reader, included);
}

/* ---- entry points ----------------------------------------------------------
 */

bool gen_source_is_usable(gen_arena *arena, const char **error)
{
    static const char probe[] = "#include <stddef.h>\nsize_t memo_probe;\n";
    struct CXUnsavedFile unsaved = {"memo-probe.c", probe, sizeof probe - 1};
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit = NULL;
    bool is_usable = false;
    if (clang_parseTranslationUnit2(index, "memo-probe.c", NULL, 0, &unsaved, 1,
                                    0, &unit) == CXError_Success) {
        is_usable = clang_getNumDiagnostics(unit) == 0;
        clang_disposeTranslationUnit(unit);
    }
    clang_disposeIndex(index);
    if (!is_usable)
        *error = gen_arena_format(
            arena,
            "%s cannot find its own headers (stddef.h); install the package "
            "that holds them: libclang-common-14-dev on Debian 12",
            gen_source_version(arena));
    return is_usable;
}

const char *gen_source_version(gen_arena *arena)
{
    CXString version = clang_getClangVersion();
    const char *copy = gen_arena_format(arena, "%s", clang_getCString(version));
    clang_disposeString(version);
    return copy;
}

static void read_target(reader *r)
{
    CXTargetInfo target = clang_getTranslationUnitTargetInfo(r->unit);
    r->out->pointer_bytes =
        (unsigned)clang_TargetInfo_getPointerWidth(target) / 8;
    clang_TargetInfo_dispose(target);
}

static enum CXChildVisitResult visit_build(CXCursor cursor, CXCursor parent,
                                           CXClientData data)
{
    CXString name = clang_getCursorSpelling(cursor);
    bool is_it = strcmp(clang_getCString(name), "memo_build") == 0;
    (void)parent;
    clang_disposeString(name);
    if (!is_it)
        return CXChildVisit_Continue;
    *(CXEvalResult *)data = clang_Cursor_Evaluate(cursor);
    return CXChildVisit_Break;
}

const char *gen_source_build(gen_arena *arena,
                             const gen_source_request *request,
                             const char *probe)
{
    static const gen_source_text place = {.path = "memo-build.c"};
    gen_source_request asked = *request;
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit;
    CXEvalResult value = NULL;
    const char *text = "";

    asked.text = &place;
    unit = reader_parse(arena, index, &asked, probe, strlen(probe));
    if (unit) {
        clang_visitChildren(clang_getTranslationUnitCursor(unit), visit_build,
                            &value);
        if (value && clang_EvalResult_getKind(value) == CXEval_StrLiteral)
            text =
                gen_arena_format(arena, "%s", clang_EvalResult_getAsStr(value));
        if (value)
            clang_EvalResult_dispose(value);
        clang_disposeTranslationUnit(unit);
    }
    clang_disposeIndex(index);
    return text;
}

static void read_unit(reader *r)
{
    top_walk top = {.reader = r};
    dependency_walk dependencies = {.reader = r};
    top.next_candidate = &r->out->candidates;

    clang_getInclusions(r->unit, add_dependency, &dependencies);
    reader_find_directives(r);
    if (!report_errors(r))
        return;
    r->out->is_parsed = true;
    read_target(r);
    reader_collect_macros(r);
    reader_find_types(r);
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_top,
                        &top);
    reader_prototypes(r);
    reader_find_clear_uses(r);
    reader_find_echoes(r);
    reader_find_helps(r);
    reader_check_places(r);
    reader_finish_graph(r);
    reader_name_expressions(r);
    reader_finish_graph(r);
    reader_find_assignments(r);
    if (!r->main->has_inactive)
        read_inactive(r, r->main);
    r->out->inactive = r->main->inactive;
    r->out->inactive_count = r->main->inactive_count;
}

gen_file *gen_source_read(gen_arena *arena, gen_diagnostics *diagnostics,
                          const gen_source_request *request)
{
    CXIndex index = clang_createIndex(0, 0);
    reader r = {
        .arena = arena,
        .diagnostics = diagnostics,
        .request = request,
        .out = GEN_NEW(arena, gen_file),
    };
    r.out->text = request->text;
    r.out->build = "";
    r.unit = reader_parse(arena, index, request, request->text->text,
                          request->text->size);
    if (r.unit) {
        r.main =
            reader_find_file(&r, clang_getFile(r.unit, request->text->path));
        r.out->text = r.main->text;
        read_unit(&r);
        clang_disposeTranslationUnit(r.unit);
    } else {
        gen_error(diagnostics, (gen_span){request->text, 0, 0},
                  "libclang could not parse this file at all");
    }
    clang_disposeIndex(index);
    return r.out;
}
