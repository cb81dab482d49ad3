/* source_graph.c -- the nodes of the graph of what code names: declarations and
 * macros, each found again by its cursor or name.
 */
#include "source_graph.h"

#include "lex.h"

#include <string.h>

struct reader_slot {
    CXCursor cursor;
    gen_entity *entity;
};

graph_builder *graph_builder_of(const gen_entity *entity)
{
    return entity->builder;
}

/* ---- references ------------------------------------------------------------
 */

void graph_add_reference(reader *r, gen_entity *from, gen_entity *to,
                         gen_span span)
{
    graph_builder *build = graph_builder_of(from);
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
    entity->builder = GEN_NEW(r->arena, graph_builder);
    return entity;
}

void graph_push_work(reader *r, gen_entity *entity)
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

void graph_push_macro(reader *r, gen_entity *macro)
{
    graph_builder *build = graph_builder_of(macro);
    if (build->is_read)
        return;
    build->is_read = true;
    graph_push_work(r, macro);
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
    const graph_builder *build = graph_builder_of(macro);
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
    graph_builder *build = entity->builder;
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

/* ---- words that macros may hide --------------------------------------------
 */

/* Macros looked at are remembered, so that each is looked at once. */
typedef struct {
    reader *reader;
    const char *const *words;
    size_t word_count;
    const gen_entity *seen[512];
    size_t seen_count;
} word_search;

/* Look at this macro, which may have been looked at; NULL if so. */
static const gen_entity *visit_once(word_search *search,
                                    const gen_entity *macro)
{
    for (size_t i = 0; macro && i < search->seen_count; i++) {
        if (search->seen[i] == macro)
            return NULL;
    }
    if (macro)
        search->seen[search->seen_count++] = macro;
    return macro;
}

static bool mentions(word_search *search, const char *text, size_t begin,
                     size_t end)
{
    gen_lexer lexer = gen_lexer_begin(text, begin, end);
    for (;;) {
        gen_token token = gen_lexer_next(&lexer);
        const gen_entity *macro;
        const char *body;
        size_t size = 0;
        if (token.kind == GEN_TOKEN_END)
            return false;
        if (token.kind != GEN_TOKEN_IDENTIFIER)
            continue;
        for (size_t i = 0; i < search->word_count; i++) {
            if (gen_token_is(text, token, search->words[i]))
                return true;
        }
        if (search->seen_count == sizeof search->seen / sizeof *search->seen)
            return true; /* too many to tell: a yes does no harm */
        macro = visit_once(
            search,
            reader_find_macro(search->reader, text + token.offset, token.size));
        body = macro ? reader_macro_text(search->reader, macro, &size) : NULL;
        if (body && mentions(search, body, 0, size))
            return true;
    }
}

bool reader_mentions(reader *r, gen_span span, const char *const *words,
                     size_t count)
{
    word_search *search = GEN_NEW(r->arena, word_search);
    search->reader = r;
    search->words = words;
    search->word_count = count;
    return span.source && mentions(search, span.source->text, span.offset,
                                   span.offset + span.size);
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

bool graph_is_const_object(CXType type)
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
    entity->is_owned = is_defined && reader_is_in_main(r, definition);
    entity->span = reader_name_span(r, shown, strlen(entity->name));
    entity->is_shared = entity->kind == GEN_ENTITY_FUNCTION &&
                        clang_Cursor_isFunctionInlined(shown) != 0;
    if (entity->kind != GEN_ENTITY_VARIABLE)
        return;
    entity->is_local =
        clang_getCursorKind(clang_getCursorSemanticParent(canonical)) ==
        CXCursor_FunctionDecl;
    entity->is_mutable = !graph_is_const_object(type);
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
    graph_builder *build;
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
    build = graph_builder_of(entity);
    build->has_definition = entity->is_defined;
    build->definition = entity->is_defined ? definition : canonical;
    graph_push_work(r, entity);
    return entity;
}
