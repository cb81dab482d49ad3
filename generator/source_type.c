/* source_type.c -- libclang's types as plain data. */
#include "source_reader.h"

#include <string.h>

static gen_type *read_record(reader *r, gen_type *type, CXType clang);

/* Kinds whose value is all of their bytes. */
static gen_type_kind scalar_kind(enum CXTypeKind kind)
{
    switch (kind) {
    case CXType_Bool:
        return GEN_TYPE_BOOL;
    case CXType_Char_U:
    case CXType_UChar:
    case CXType_Char16:
    case CXType_Char32:
    case CXType_UShort:
    case CXType_UInt:
    case CXType_ULong:
    case CXType_ULongLong:
    case CXType_UInt128:
        return GEN_TYPE_UNSIGNED;
    case CXType_Char_S:
    case CXType_SChar:
    case CXType_WChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
    case CXType_Int128:
        return GEN_TYPE_SIGNED;
    case CXType_Float:
    case CXType_Double:
    case CXType_Float128:
    case CXType_Float16:
    case CXType_Half:
    case CXType_BFloat16:
        return GEN_TYPE_FLOAT;
    case CXType_LongDouble:
        return GEN_TYPE_LONG_DOUBLE;
    case CXType_Void:
        return GEN_TYPE_VOID;
    default:
        return GEN_TYPE_OTHER;
    }
}

/* The spelling without the type's own qualifiers, which stand in front of
 * anything but a pointer and behind a pointer's last star. */
static const char *strip_qualifiers(reader *r, const char *spelling,
                                    bool is_pointer)
{
    static const char *const words[] = {"const", "volatile", "restrict",
                                        "__restrict"};
    char *text = gen_arena_copy(r->arena, spelling, strlen(spelling));
    bool found = true;
    while (found) {
        found = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t size = strlen(words[i]), length = strlen(text);
            if (!is_pointer && strncmp(text, words[i], size) == 0 &&
                text[size] == ' ') {
                text += size + 1;
                found = true;
            } else if (is_pointer && length > size &&
                       strcmp(text + length - size, words[i]) == 0 &&
                       strchr("* ", text[length - size - 1])) {
                text[length - size] = '\0';
                while (*text && text[strlen(text) - 1] == ' ')
                    text[strlen(text) - 1] = '\0';
                found = true;
            }
        }
    }
    return text;
}

/* The canonical form of an array carries its element's qualifiers itself. */
static void read_array(reader *r, gen_type *type, CXType clang)
{
    gen_type *element = reader_type(r, clang_getArrayElementType(clang));
    type->kind = GEN_TYPE_ARRAY;
    type->target = element;
    for (; type->is_const && element; element = element->target) {
        element->is_const = true;
        if (element->kind != GEN_TYPE_ARRAY)
            break;
    }
    if (clang.kind == CXType_ConstantArray) {
        type->has_constant_length = true;
        type->length =
            gen_arena_format(r->arena, "%lld", clang_getArraySize(clang));
    }
}

static gen_type *read_declared(reader *r, gen_type *type, CXType clang)
{
    CXCursor declaration = clang_getTypeDeclaration(clang);
    if (clang.kind == CXType_Enum) {
        type->kind = GEN_TYPE_ENUM;
        return type;
    }
    type->kind = clang_getCursorKind(declaration) == CXCursor_UnionDecl
                     ? GEN_TYPE_UNION
                     : GEN_TYPE_STRUCT;
    if (clang_Type_getSizeOf(clang) == CXTypeLayoutError_Incomplete)
        type->kind = GEN_TYPE_INCOMPLETE;
    return read_record(r, type, clang);
}

/* A declared name that nothing in the file can repeat. */
static bool is_nameless_spelling(const char *spelling)
{
    return strstr(spelling, "(unnamed") || strstr(spelling, "(anonymous");
}

gen_type *reader_type(reader *r, CXType clang)
{
    gen_type *type = GEN_NEW(r->arena, gen_type);
    CXType canonical = clang_getCanonicalType(clang);
    long long size = clang_Type_getSizeOf(clang);
    bool is_pointer = canonical.kind == CXType_Pointer;

    type->qualified = reader_text(r, clang_getTypeSpelling(clang));
    type->spelling = strip_qualifiers(r, type->qualified, is_pointer);
    type->is_nameless = is_nameless_spelling(type->qualified);
    type->size = size > 0 ? (uint64_t)size : 0;
    /* Written arrays keep their element's qualifiers. */
    type->is_const = clang_isConstQualifiedType(canonical) != 0;
    type->is_volatile = clang_isVolatileQualifiedType(canonical) != 0;
    type->is_plain_char =
        canonical.kind == CXType_Char_S || canonical.kind == CXType_Char_U;
    switch (canonical.kind) {
    case CXType_Pointer:
        type->kind = GEN_TYPE_POINTER;
        type->target = reader_type(r, clang_getPointeeType(canonical));
        break;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
        read_array(r, type, canonical);
        break;
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        type->kind = GEN_TYPE_FUNCTION;
        break;
    case CXType_Complex:
        type->kind = clang_getElementType(canonical).kind == CXType_LongDouble
                         ? GEN_TYPE_LONG_DOUBLE_COMPLEX
                         : GEN_TYPE_COMPLEX;
        break;
    case CXType_Atomic: {
        const gen_type *value =
            reader_type(r, clang_Type_getValueType(canonical));
        type->kind = value->kind;
        type->record = value->record;
        type->target = value->target;
        break;
    }
    case CXType_Record:
    case CXType_Enum:
        return read_declared(r, type, canonical);
    default:
        type->kind = scalar_kind(canonical.kind);
        break;
    }
    return type;
}

/* ---- records --------------------------------------------------------------
 */

typedef struct {
    reader *reader;
    gen_field *fields;
    size_t count, capacity;
    gen_record *record;
} field_list;

static enum CXVisitorResult add_field(CXCursor cursor, CXClientData data)
{
    field_list *list = data;
    reader *r = list->reader;
    const char *name = reader_text(r, clang_getCursorSpelling(cursor));
    bool is_bit_field = clang_Cursor_isBitField(cursor) != 0;
    gen_field *field;

    if (!*name && is_bit_field)
        return CXVisit_Continue;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        gen_field *grown = GEN_NEW_ARRAY(r->arena, gen_field, capacity);
        if (list->count)
            memcpy(grown, list->fields, list->count * sizeof *grown);
        list->fields = grown;
        list->capacity = capacity;
    }
    field = &list->fields[list->count++];
    field->name = *name && !is_nameless_spelling(name) ? name : NULL;
    field->is_bit_field = is_bit_field;
    field->span = reader_name_span(r, cursor, strlen(name));
    field->type = reader_type(r, clang_getCursorType(cursor));
    reader_field_rule(r, cursor, field);
    if (field->type->is_const ||
        (field->type->record && field->type->record->has_const_member))
        list->record->has_const_member = true;
    if (field->type->kind == GEN_TYPE_ARRAY && !field->type->length)
        list->record->has_flexible_array = true;
    return CXVisit_Continue;
}

/* One gen_record per declaration: the cursor → entity table remembers it, and
 * a pointer to the own type ends there. */
static gen_type *read_record(reader *r, gen_type *type, CXType clang)
{
    CXCursor declaration = clang_getTypeDeclaration(clang);
    gen_entity *entity = reader_entity(r, declaration);
    field_list list = {.reader = r};

    if (entity->record) {
        type->record = entity->record;
        return type;
    }
    list.record = GEN_NEW(r->arena, gen_record);
    entity->record = list.record;
    type->record = list.record;
    list.record->identity = gen_arena_format(
        r->arena, "%s", reader_text(r, clang_getCursorUSR(declaration)));
    list.record->span = reader_cursor_span(r, declaration);
    if (type->kind != GEN_TYPE_INCOMPLETE)
        clang_Type_visitFields(clang, add_field, &list);
    list.record->fields = list.fields;
    list.record->field_count = list.count;
    return type;
}
