#include "widgets/dump.h"

#include "elements/messages.pb-c.h"

#include <string.h>

/* ---- messages by their descriptors --------------------------------------- */

static const void *member(const ProtobufCMessage *message,
                          const ProtobufCFieldDescriptor *field)
{
    return (const char *)message + field->offset;
}

static size_t count_of(const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    size_t count;
    int chosen;

    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        memcpy(&count, (const char *)message + field->quantifier_offset,
               sizeof count);
        return count;
    }
    if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return 1;
    memcpy(&chosen, (const char *)message + field->quantifier_offset,
           sizeof chosen);
    return (uint32_t)chosen == field->id;
}

static void print_quoted(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else
            putc(*text, out);
    }
    putc('"', out);
}

static void print_message(FILE *out, const ProtobufCMessage *message);

static void print_enum(FILE *out, const ProtobufCFieldDescriptor *field,
                       const void *at)
{
    const ProtobufCEnumValue *value;
    int number;

    memcpy(&number, at, sizeof number);
    value = protobuf_c_enum_descriptor_get_value(field->descriptor, number);
    fputs(value ? value->name : "?", out);
}

static void print_number(FILE *out, const ProtobufCFieldDescriptor *field,
                         const void *at)
{
    double number;
    float small;
    int32_t integer;
    int64_t wide;

    switch (field->type) {
    case PROTOBUF_C_TYPE_DOUBLE:
        memcpy(&number, at, sizeof number);
        fprintf(out, "%.15g", number);
        break;
    case PROTOBUF_C_TYPE_FLOAT:
        memcpy(&small, at, sizeof small);
        fprintf(out, "%.7g", (double)small);
        break;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_SINT64:
        memcpy(&wide, at, sizeof wide);
        fprintf(out, "%lld", (long long)wide);
        break;
    default:
        memcpy(&integer, at, sizeof integer);
        fprintf(out, "%lld",
                field->type == PROTOBUF_C_TYPE_UINT32
                    ? (long long)(uint32_t)integer
                    : (long long)integer);
        break;
    }
}

static void print_value(FILE *out, const ProtobufCFieldDescriptor *field,
                        const void *at)
{
    const ProtobufCMessage *message;
    const ProtobufCBinaryData *data = at;
    const char *text;
    protobuf_c_boolean flag;

    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        memcpy(&text, at, sizeof text);
        print_quoted(out, text);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        fprintf(out, "(%zu bytes)", data->len);
        break;
    case PROTOBUF_C_TYPE_BOOL:
        memcpy(&flag, at, sizeof flag);
        fputs(flag ? "true" : "false", out);
        break;
    case PROTOBUF_C_TYPE_ENUM:
        print_enum(out, field, at);
        break;
    case PROTOBUF_C_TYPE_MESSAGE:
        memcpy(&message, at, sizeof message);
        fputs("(", out);
        if (message)
            print_message(out, message);
        fputs(")", out);
        break;
    default:
        print_number(out, field, at);
        break;
    }
}

static size_t size_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_DOUBLE:
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_SINT64:
        return 8;
    default:
        return 4;
    }
}

/* What proto3 does not send. */
static bool is_default(const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    static const unsigned char zeros[sizeof(ProtobufCBinaryData)];
    const char *text;
    size_t count = count_of(message, field);

    if (count == 0 || field->label == PROTOBUF_C_LABEL_REPEATED ||
        (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return count == 0;
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        memcpy(&text, member(message, field), sizeof text);
        return !text || !*text;
    }
    return memcmp(member(message, field), zeros, size_of(field)) == 0;
}

/* Of an id only the key that the user has given tells anything. */
static bool print_id(FILE *out, const ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field)
{
    const char *id, *key;

    if (strcmp(field->name, "id") != 0)
        return false;
    memcpy(&id, member(message, field), sizeof id);
    key = strlen(id) > 38 ? id + 38 : "None";
    if (strcmp(key, "None") != 0) {
        fputs(" key=", out);
        print_quoted(out, key);
    }
    return true;
}

static void print_message(FILE *out, const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *values;
        size_t count = count_of(message, field);

        if (is_default(message, field) || print_id(out, message, field))
            continue;
        fprintf(out, " %s=", field->name);
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            print_value(out, field, member(message, field));
            continue;
        }
        memcpy(&values, member(message, field), sizeof values);
        for (size_t k = 0; k < count; k++) {
            fputs(k == 0 ? "[" : ", ", out);
            print_value(out, field, values + k * size_of(field));
        }
        fputs("]", out);
    }
}

/* The message that is chosen of an Element or a Block; NULL: none. */
static const ProtobufCMessage *chosen(const ProtobufCMessage *whole)
{
    for (unsigned i = 0; i < whole->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &whole->descriptor->fields[i];
        const ProtobufCMessage *message;

        if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
            field->type != PROTOBUF_C_TYPE_MESSAGE ||
            count_of(whole, field) == 0 || strstr(field->name, "_config"))
            continue;
        memcpy(&message, member(whole, field), sizeof message);
        return message;
    }
    return NULL;
}

static ProtobufCMessage *unpack(const st_node *node)
{
    return node->bytes
               ? protobuf_c_message_unpack(node->is_block
                                               ? &st__block__descriptor
                                               : &st__element__descriptor,
                                           NULL, node->size, node->bytes)
               : NULL;
}

void st_dump(FILE *out, const st_node *node, unsigned indent)
{
    ProtobufCMessage *whole = unpack(node);
    const ProtobufCMessage *message = whole ? chosen(whole) : NULL;

    fprintf(out, "%*s%s", (int)(2 * indent), "", st_kinds[node->kind].name);
    if (message)
        print_message(out, message);
    fputs("\n", out);
    if (whole)
        protobuf_c_message_free_unpacked(whole, NULL);
    for (uint32_t i = 0; i < node->count; i++)
        st_dump(out, node->children[i], indent + 1);
}

const char *st_dump_member(st_arena *arena, const st_node *node,
                           const char *name)
{
    ProtobufCMessage *whole = unpack(node);
    const ProtobufCMessage *message = whole ? chosen(whole) : NULL;
    const ProtobufCFieldDescriptor *field =
        message ? protobuf_c_message_descriptor_get_field_by_name(
                      message->descriptor, name)
                : NULL;
    const char *text = NULL;

    if (field && field->type == PROTOBUF_C_TYPE_STRING &&
        field->label != PROTOBUF_C_LABEL_REPEATED && count_of(message, field)) {
        memcpy(&text, member(message, field), sizeof text);
        text = st_arena_text(arena, text);
    }
    if (whole)
        protobuf_c_message_free_unpacked(whole, NULL);
    return text;
}
