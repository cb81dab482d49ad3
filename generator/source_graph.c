/* source_graph.c -- what code names: declarations and macros as a graph.
 *
 * Declarations come from libclang's tree, which resolves every name; macros and
 * token hashes come from the text itself, read with the light lexer, since
 * libclang's tokens are slow and know nothing of nested macros.
 */
#include "source_reader.h"

#include "lex.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

struct reader_slot {
    CXCursor cursor;
    gen_entity *entity;
};

/* What the builder of an entity needs beyond what the model keeps. */
typedef struct {
    CXCursor definition;
    bool has_definition;
    reader_file *file;      /* of the definition; NULL for compiler-made text */
    gen_range extent;       /* of the definition */
    gen_entity *next_macro; /* an earlier definition of the same macro */
    gen_text tokens;
    size_t reference_capacity;
    bool is_read;
} builder;

static builder *builder_of(const gen_entity *entity)
{
    return entity->builder;
}

/* ---- references ------------------------------------------------------------
 */

static void add_reference(reader *r, gen_entity *from, gen_entity *to,
                          gen_span span)
{
    builder *build = builder_of(from);
    /* Most entities name few others; the last ones are the likely repeats. */
    for (size_t i = from->reference_count; i-- > 0;) {
        if (from->references[i].entity == to)
            return;
    }
    if (from->reference_count == build->reference_capacity) {
        size_t capacity =
            build->reference_capacity ? build->reference_capacity * 2 : 8;
        gen_reference *grown = GEN_NEW_ARRAY(r->arena, gen_reference, capacity);
        if (from->reference_count)
            memcpy(grown, from->references,
                   from->reference_count * sizeof *grown);
        from->references = grown;
        build->reference_capacity = capacity;
    }
    from->references[from->reference_count++] =
        (gen_reference){.entity = to, .span = span};
}

static gen_entity *new_entity(reader *r, gen_entity_kind kind, const char *name)
{
    gen_entity *entity = GEN_NEW(r->arena, gen_entity);
    entity->kind = kind;
    entity->name = name;
    entity->builder = GEN_NEW(r->arena, builder);
    return entity;
}

static void push_work(reader *r, gen_entity *entity)
{
    if (r->work_count == r->work_capacity) {
        size_t capacity = r->work_capacity ? r->work_capacity * 2 : 256;
        gen_entity **grown = GEN_NEW_ARRAY(r->arena, gen_entity *, capacity);
        if (r->work_count)
            memcpy(grown, r->work, r->work_count * sizeof(gen_entity *));
        r->work = grown;
        r->work_capacity = capacity;
    }
    r->work[r->work_count++] = entity;
}

/* ---- macros ----------------------------------------------------------------
 */

static size_t hash_name(const char *name, size_t size)
{
    size_t hash = 5381;
    for (size_t i = 0; i < size; i++)
        hash = hash * 33 + (unsigned char)name[i];
    return hash;
}

static size_t macro_slot(const reader *r, const char *name, size_t size)
{
    size_t slot = hash_name(name, size) & (r->macro_slots - 1);
    while (r->macros[slot] && (strncmp(r->macros[slot]->name, name, size) ||
                               r->macros[slot]->name[size]))
        slot = (slot + 1) & (r->macro_slots - 1);
    return slot;
}

gen_entity *reader_find_macro(const reader *r, const char *name, size_t size)
{
    return r->macro_slots ? r->macros[macro_slot(r, name, size)] : NULL;
}

const char *reader_macro_text(reader *r, const gen_entity *macro, size_t *size)
{
    const builder *build = builder_of(macro);
    gen_span span = reader_span(r, clang_getCursorExtent(build->definition));
    size_t name = strlen(macro->name);
    if (!span.source || span.size < name)
        return NULL;
    *size = span.size - name;
    return span.source->text + span.offset + name;
}

static void grow_macros(reader *r)
{
    gen_entity **old = r->macros;
    size_t old_slots = r->macro_slots;
    r->macro_slots = old_slots ? old_slots * 2 : 4096;
    r->macros = GEN_NEW_ARRAY(r->arena, gen_entity *, r->macro_slots);
    for (size_t i = 0; i < old_slots; i++) {
        if (old[i])
            r->macros[macro_slot(r, old[i]->name, strlen(old[i]->name))] =
                old[i];
    }
}

static void add_macro(reader *r, CXCursor cursor)
{
    const char *name = reader_text(r, clang_getCursorSpelling(cursor));
    gen_entity *entity = new_entity(r, GEN_ENTITY_MACRO, name);
    builder *build = entity->builder;
    CXSourceLocation at = clang_getCursorLocation(cursor);
    size_t slot;

    build->definition = cursor;
    build->has_definition = true;
    entity->is_system = clang_Location_isInSystemHeader(at) ||
                        clang_Cursor_isMacroBuiltin(cursor);
    if (r->macro_used * 2 >= r->macro_slots)
        grow_macros(r);
    slot = macro_slot(r, name, strlen(name));
    if (!r->macros[slot])
        r->macro_used++;
    build->next_macro = r->macros[slot];
    r->macros[slot] = entity;
}

static enum CXChildVisitResult visit_macro(CXCursor cursor, CXCursor parent,
                                           CXClientData data)
{
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition)
        add_macro(data, cursor);
    return CXChildVisit_Continue;
}

void reader_collect_macros(reader *r)
{
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_macro,
                        r);
}

/* ---- declarations ----------------------------------------------------------
 */

static size_t cursor_slot(const reader *r, CXCursor cursor)
{
    size_t slot = clang_hashCursor(cursor) * 2654435761u & (r->slot_count - 1);
    while (r->slots[slot].entity &&
           !clang_equalCursors(r->slots[slot].cursor, cursor))
        slot = (slot + 1) & (r->slot_count - 1);
    return slot;
}

static void grow_slots(reader *r)
{
    reader_slot *old = r->slots;
    size_t old_count = r->slot_count;
    r->slot_count = old_count ? old_count * 2 : 1024;
    r->slots = GEN_NEW_ARRAY(r->arena, reader_slot, r->slot_count);
    for (size_t i = 0; i < old_count; i++) {
        if (old[i].entity)
            r->slots[cursor_slot(r, old[i].cursor)] = old[i];
    }
}

static bool is_record_kind(enum CXCursorKind kind)
{
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

/* A variable of static storage; a parameter or an ordinary local is none. */
static bool is_static_variable(CXCursor cursor)
{
    enum CX_StorageClass storage = clang_Cursor_getStorageClass(cursor);
    CXCursor parent = clang_getCursorSemanticParent(cursor);
    enum CXCursorKind kind = clang_getCursorKind(parent);
    return storage == CX_SC_Static || storage == CX_SC_Extern ||
           kind == CXCursor_TranslationUnit;
}

/* The declaration that stands for what `cursor` names: the enum of a constant,
 * the record of a field.  Null for what the graph leaves out. */
static CXCursor representative(CXCursor cursor, gen_entity_kind *kind)
{
    enum CXCursorKind clang = clang_getCursorKind(cursor);
    if (clang == CXCursor_EnumConstantDecl || clang == CXCursor_FieldDecl) {
        cursor = clang_getCursorSemanticParent(cursor);
        clang = clang_getCursorKind(cursor);
    }
    switch (clang) {
    case CXCursor_FunctionDecl:
        *kind = GEN_ENTITY_FUNCTION;
        break;
    case CXCursor_VarDecl:
        *kind = GEN_ENTITY_VARIABLE;
        if (!is_static_variable(cursor))
            return clang_getNullCursor();
        break;
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
    case CXCursor_EnumDecl:
    case CXCursor_TypedefDecl:
        *kind = GEN_ENTITY_TYPE;
        break;
    default:
        return clang_getNullCursor();
    }
    return clang_getCanonicalCursor(cursor);
}

/* The definition that this file sees; a tentative `static int x;` has none for
 * libclang and is its own. */
static CXCursor find_definition(CXCursor canonical, gen_entity_kind kind)
{
    CXCursor definition = clang_getCursorDefinition(canonical);
    if (!clang_Cursor_isNull(definition) || kind == GEN_ENTITY_FUNCTION)
        return definition;
    if (kind == GEN_ENTITY_VARIABLE &&
        clang_Cursor_getStorageClass(canonical) == CX_SC_Extern)
        return definition;
    return canonical;
}

/* const all the way: the object itself, or the elements of an array. */
static bool is_const_object(CXType type)
{
    type = clang_getCanonicalType(type);
    while (!clang_isConstQualifiedType(type)) {
        CXType element = clang_getArrayElementType(type);
        if (element.kind == CXType_Invalid)
            return false;
        type = clang_getCanonicalType(element);
    }
    return true;
}

static void describe(reader *r, gen_entity *entity, CXCursor canonical,
                     CXCursor definition)
{
    bool is_defined = !clang_Cursor_isNull(definition);
    CXCursor shown = is_defined ? definition : canonical;
    CXType type = clang_getCursorType(shown);
    enum CXVisibilityKind visibility = clang_getCursorVisibility(shown);

    entity->is_defined = is_defined;
    entity->is_static = clang_getCursorLinkage(shown) == CXLinkage_Internal ||
                        clang_getCursorLinkage(shown) == CXLinkage_NoLinkage;
    entity->is_hidden = visibility == CXVisibility_Hidden;
    entity->is_system = clang_Location_isInSystemHeader(
                            clang_getCursorLocation(canonical)) != 0;
    entity->is_owned =
        is_defined &&
        clang_Location_isFromMainFile(clang_getCursorLocation(definition)) != 0;
    entity->span = reader_name_span(r, shown, strlen(entity->name));
    entity->is_shared = entity->kind == GEN_ENTITY_FUNCTION &&
                        clang_Cursor_isFunctionInlined(shown) != 0;
    if (entity->kind != GEN_ENTITY_VARIABLE)
        return;
    entity->is_local =
        clang_getCursorKind(clang_getCursorSemanticParent(canonical)) ==
        CXCursor_FunctionDecl;
    entity->is_mutable = !is_const_object(type);
    entity->is_shared =
        clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(shown)) != 0;
    entity->is_volatile =
        clang_isVolatileQualifiedType(clang_getCanonicalType(type)) != 0;
}

gen_entity *reader_entity(reader *r, CXCursor cursor)
{
    gen_entity_kind kind = GEN_ENTITY_TYPE;
    CXCursor canonical = representative(cursor, &kind), definition;
    gen_entity *entity;
    builder *build;
    size_t slot;

    if (clang_Cursor_isNull(canonical))
        return NULL;
    if (r->slot_used * 2 >= r->slot_count)
        grow_slots(r);
    slot = cursor_slot(r, canonical);
    if (r->slots[slot].entity)
        return r->slots[slot].entity;

    entity =
        new_entity(r, kind, reader_text(r, clang_getCursorSpelling(canonical)));
    r->slots[slot] = (reader_slot){.cursor = canonical, .entity = entity};
    r->slot_used++;
    definition = find_definition(canonical, kind);
    describe(r, entity, canonical, definition);
    build = builder_of(entity);
    build->has_definition = entity->is_defined;
    build->definition = entity->is_defined ? definition : canonical;
    push_work(r, entity);
    return entity;
}

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

static void name_macros(reader *r, gen_entity *from, gen_entity *macro,
                        gen_span span)
{
    for (; macro; macro = builder_of(macro)->next_macro) {
        add_reference(r, from, macro, span);
        if (!builder_of(macro)->is_read) {
            builder_of(macro)->is_read = true;
            push_work(r, macro);
        }
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
        entity->reads_time = true;
        entity->time_macro = span;
    }
    name_macros(r, entity,
                reader_find_macro(r, text + token.offset, token.size), span);
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

static void read_include(reader *r, gen_entity *entity, reader_file *from,
                         gen_token directive)
{
    const char *text = from->text->text + directive.offset;
    const char *quote = memchr(text, '"', directive.size);
    const char *end = quote
                          ? memchr(quote + 1, '"',
                                   (size_t)(text + directive.size - quote - 1))
                          : NULL;
    if (!end)
        return;
    for (reader_file *file = r->files; file; file = file->next) {
        size_t size = (size_t)(end - quote - 1),
               length = strlen(file->text->path);
        if (length >= size && !file->is_system &&
            memcmp(file->text->path + length - size, quote + 1, size) == 0) {
            read_tokens(r, entity, file, (gen_range){0, file->text->size}, 1);
            return;
        }
    }
}

static void read_directive(reader *r, gen_entity *entity, reader_file *file,
                           gen_token token, int depth)
{
    const char *text = file->text->text + token.offset;
    size_t at = 1;
    while (at < token.size && (text[at] == ' ' || text[at] == '\t'))
        at++;
    if (strncmp(text + at, "pragma", 6) == 0) {
        add_token(&builder_of(entity)->tokens, file->text->text, token);
    } else if (strncmp(text + at, "include", 7) == 0 && depth == 0) {
        read_include(r, entity, file, token);
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
    builder *build = builder_of(entity);
    size_t looked_up_to = range.begin; /* nothing is skipped before that */
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

/* ---- writes ----------------------------------------------------------------
 */

/* The expressions around the one being visited, innermost last. */
typedef struct ancestor {
    CXCursor cursor;
    struct ancestor *outer;
} ancestor;

typedef struct {
    reader *reader;
    gen_entity *entity;
    bool names_variable; /* a mutable variable: how it is used must be seen */
    ancestor *inner;     /* only while looking for writes */
} walk;

static bool is_pointer_to_const(CXType type)
{
    type = clang_getCanonicalType(type);
    return type.kind == CXType_Pointer &&
           is_const_object(clang_getPointeeType(type));
}

/* Is the object that the innermost expression names only read?  Climbs from the
 * name through subscripts and members to what is done with the place. */
static bool is_only_read(const ancestor *at)
{
    CXType below = clang_getCursorType(at->cursor);
    for (at = at->outer; at; at = at->outer) {
        enum CXCursorKind kind = clang_getCursorKind(at->cursor);
        CXType type = clang_getCursorType(at->cursor);
        switch (kind) {
        case CXCursor_UnexposedExpr:
            /* An implicit conversion: of a value that was read, or of an array
             * to a pointer, whose use decides. */
            if (clang_getCanonicalType(type).kind != CXType_Pointer ||
                clang_getCanonicalType(below).kind == CXType_Pointer)
                return is_pointer_to_const(type) ||
                       clang_getCanonicalType(type).kind != CXType_Pointer ||
                       clang_getCanonicalType(below).kind == CXType_Pointer;
            if (is_pointer_to_const(type))
                return true;
            break;
        case CXCursor_ParenExpr:
        case CXCursor_MemberRefExpr:
        case CXCursor_ArraySubscriptExpr:
            break;
        case CXCursor_UnaryExpr: /* sizeof */
            return true;
        default:
            return false;
        }
        below = type;
    }
    return false;
}

/* ---- references in the tree ------------------------------------------------
 */

static void note_call(walk *w, CXCursor call)
{
    CXCursor callee = clang_getCursorReferenced(call);
    if (clang_getCursorKind(callee) == CXCursor_FunctionDecl ||
        w->entity->calls_through_pointer)
        return;
    w->entity->calls_through_pointer = true;
    w->entity->pointer_call = reader_cursor_span(w->reader, call);
}

static void note_name(walk *w, CXCursor cursor)
{
    CXCursor named = clang_getCursorReferenced(cursor);
    gen_entity *entity;
    if (clang_Cursor_isNull(named))
        return;
    entity = reader_entity(w->reader, named);
    if (!entity || entity == w->entity)
        return;
    if (entity->kind == GEN_ENTITY_VARIABLE && entity->is_mutable &&
        entity->is_static && !entity->is_written)
        w->names_variable = true;
    add_reference(w->reader, w->entity, entity,
                  reader_name_span(w->reader, cursor, strlen(entity->name)));
}

/* libclang names few attributes: read where it was spelt, in a macro too. */
static bool is_weak_attribute(reader *r, CXCursor attribute)
{
    CXFile file = NULL;
    unsigned offset = 0;
    reader_file *found;
    const char *text;
    clang_getSpellingLocation(clang_getCursorLocation(attribute), &file, NULL,
                              NULL, &offset);
    found = reader_find_file(r, file);
    if (!found || offset >= found->text->size)
        return false;
    text = found->text->text + offset;
    return strncmp(text, "weak", 4) == 0 || strncmp(text, "__weak", 6) == 0;
}

static enum CXChildVisitResult visit_tree(CXCursor cursor, CXCursor parent,
                                          CXClientData data)
{
    walk *w = data;
    (void)parent;
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
    case CXCursor_UnexposedAttr:
        if (is_weak_attribute(w->reader, cursor))
            w->entity->is_replaceable = true;
        break;
    default:
        break;
    }
    return CXChildVisit_Recurse;
}

/* A second, slower walk, with the way to each name at hand. */
static enum CXChildVisitResult visit_writes(CXCursor cursor, CXCursor parent,
                                            CXClientData data)
{
    walk *w = data;
    ancestor here = {.cursor = cursor, .outer = w->inner};
    (void)parent;
    w->inner = &here;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr) {
        gen_entity *entity =
            reader_entity(w->reader, clang_getCursorReferenced(cursor));
        if (entity && entity->kind == GEN_ENTITY_VARIABLE &&
            entity->is_mutable && !entity->is_written &&
            !is_only_read(w->inner))
            entity->is_written = true;
    }
    clang_visitChildren(cursor, visit_writes, w);
    w->inner = here.outer;
    return CXChildVisit_Continue;
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
    gen_text *tokens = &builder_of(entity)->tokens;
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
    builder *build = builder_of(entity);
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
    clang_visitChildren(build->definition, visit_tree, &w);
    if (w.names_variable)
        clang_visitChildren(build->definition, visit_writes, &w);
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
    builder *build = builder_of(entity);
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
                (gen_range){span.offset, span.offset + span.size}, 1);
}

static void finish_own_hash(gen_entity *entity)
{
    builder *build = builder_of(entity);
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
    builder *build = builder_of(entity);
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
