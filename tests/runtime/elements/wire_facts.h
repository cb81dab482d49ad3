/* wire_facts.h -- our messages beside those of the front end: names, numbers,
 * types, labels.
 *
 * wire-1.62.txt holds the facts, one field a line:
 *
 *     message Alert {
 *       enum Format { UNUSED=0; ERROR=1 }
 *       optional? string body = 1;
 *       repeated .Alert.Other others = 2;
 */
#ifndef WIRE_FACTS_H
#define WIRE_FACTS_H

#include <check.h>
#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FACTS = 3000, MOST_DEPTH = 8, NAME_SIZE = 120 };

/* A field of a message, or a value of an enum. */
typedef struct {
    char owner[NAME_SIZE]; /* "Block.Column" */
    char name[NAME_SIZE];
    char type[NAME_SIZE]; /* without packages; "" for a value of an enum */
    bool is_repeated;
    int number;
} fact;

static fact facts[MOST_FACTS];
static size_t fact_count;

/* ---- reading the facts --------------------------------------------------- */

static const char *last_part(const char *type)
{
    const char *package = ".streamlit.";

    if (strncmp(type, package, strlen(package)) == 0)
        return type + strlen(package);
    return *type == '.' ? type + 1 : type;
}

static bool is_known(const char *owner)
{
    for (size_t i = 0; i < fact_count; i++) {
        if (strcmp(facts[i].owner, owner) == 0)
            return true;
    }
    return false;
}

static void add_fact(fact added)
{
    ck_assert_uint_lt(fact_count, MOST_FACTS);
    facts[fact_count++] = added;
}

static void read_enum(const char *owner, char *values)
{
    char *end = NULL;

    for (char *value = strtok_r(values, ";}", &end); value;
         value = strtok_r(NULL, ";}", &end)) {
        fact added = {.number = -1};

        if (sscanf(value, " %110[A-Za-z0-9_]=%d", added.name, &added.number) ==
            2) {
            snprintf(added.owner, sizeof added.owner, "%s", owner);
            add_fact(added);
        }
    }
}

static void read_field(const char *owner, const char *line)
{
    char label[20], type[NAME_SIZE];
    fact added = {.number = -1};

    if (sscanf(line, " %19s %110s %110s = %d;", label, type, added.name,
               &added.number) != 4)
        return;
    added.is_repeated = strcmp(label, "repeated") == 0;
    snprintf(added.type, sizeof added.type, "%s", last_part(type));
    snprintf(added.owner, sizeof added.owner, "%s", owner);
    add_fact(added);
}

/* "Block" and "Column" are "Block.Column". */
static void join(char *out, const char *outer, const char *name)
{
    snprintf(out, NAME_SIZE, "%.50s%s%.60s", outer, *outer ? "." : "", name);
}

static void read_facts(void)
{
    static char owners[MOST_DEPTH][NAME_SIZE];
    FILE *file =
        fopen(MEMO_TEST_SOURCE_DIR "/runtime/elements/wire-1.62.txt", "r");
    char line[4000], name[NAME_SIZE], full[NAME_SIZE], values[3000];
    int depth = 0, skipped = 0;

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        const char *at = line + strspn(line, " ");

        if (sscanf(at, "message %110[A-Za-z0-9_] {", name) == 1) {
            join(full, owners[depth], name);
            depth++;
            ck_assert_int_lt(depth, MOST_DEPTH);
            snprintf(owners[depth], NAME_SIZE, "%s", full);
            /* Of two packages' messages of a name the first one is meant. */
            if (depth == 1 && is_known(full))
                skipped = 1;
        } else if (sscanf(at, "enum %110[A-Za-z0-9_] { %2900[^\n]", name,
                          values) == 2) {
            join(full, owners[depth], name);
            if (!skipped && !is_known(full))
                read_enum(full, values);
        } else if (*at == '}') {
            depth--;
            if (depth == 0)
                skipped = 0;
        } else if (!skipped && depth > 0) {
            read_field(owners[depth], at);
        }
    }
    fclose(file);
}

static const fact *find_fact(const char *owner, const char *name)
{
    for (size_t i = 0; i < fact_count; i++) {
        if (strcmp(facts[i].owner, owner) == 0 &&
            strcmp(facts[i].name, name) == 0)
            return &facts[i];
    }
    return NULL;
}

/* ---- comparing ----------------------------------------------------------- */

static const char *without_package(const char *name)
{
    return strncmp(name, "st.", 3) == 0 ? name + 3 : name;
}

static const char *type_name(const ProtobufCFieldDescriptor *field)
{
    static const char *const names[] = {[PROTOBUF_C_TYPE_INT32] = "int32",
                                        [PROTOBUF_C_TYPE_SINT32] = "sint32",
                                        [PROTOBUF_C_TYPE_INT64] = "int64",
                                        [PROTOBUF_C_TYPE_SINT64] = "sint64",
                                        [PROTOBUF_C_TYPE_UINT32] = "uint32",
                                        [PROTOBUF_C_TYPE_UINT64] = "uint64",
                                        [PROTOBUF_C_TYPE_FLOAT] = "float",
                                        [PROTOBUF_C_TYPE_DOUBLE] = "double",
                                        [PROTOBUF_C_TYPE_BOOL] = "bool",
                                        [PROTOBUF_C_TYPE_STRING] = "string",
                                        [PROTOBUF_C_TYPE_BYTES] = "bytes"};

    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return without_package(
            ((const ProtobufCMessageDescriptor *)field->descriptor)->name);
    if (field->type == PROTOBUF_C_TYPE_ENUM)
        return without_package(
            ((const ProtobufCEnumDescriptor *)field->descriptor)->name);
    return names[field->type];
}

static void check_enum(const ProtobufCEnumDescriptor *descriptor)
{
    const char *owner = without_package(descriptor->name);

    for (unsigned i = 0; i < descriptor->n_values; i++) {
        const ProtobufCEnumValue *value = &descriptor->values[i];
        const fact *known = find_fact(owner, value->name);

        ck_assert_msg(known, "%s has no value %s", owner, value->name);
        ck_assert_msg(known->number == value->value, "%s.%s is %d, not %d",
                      owner, value->name, known->number, value->value);
    }
}

static const ProtobufCMessageDescriptor *checked[200];
static size_t checked_count;

static void check_message(const ProtobufCMessageDescriptor *descriptor);

static void check_field(const char *owner,
                        const ProtobufCFieldDescriptor *field)
{
    /* protobuf-c has a use of its own for that name. */
    const char *name =
        strcmp(field->name, "base_theme") == 0 ? "base" : field->name;
    const fact *known = find_fact(owner, name);

    ck_assert_msg(known, "%s has no field %s", owner, field->name);
    ck_assert_msg((uint32_t)known->number == field->id,
                  "%s.%s has number %d, not %u", owner, field->name,
                  known->number, field->id);
    /* What is packed already is bytes, which are no scalar there. */
    ck_assert_msg(
        strcmp(known->type, type_name(field)) == 0 ||
            (field->type == PROTOBUF_C_TYPE_BYTES && is_known(known->type)),
        "%s.%s is of type %s, not %s", owner, field->name, known->type,
        type_name(field));
    ck_assert_msg(known->is_repeated ==
                      (field->label == PROTOBUF_C_LABEL_REPEATED),
                  "%s.%s is%s repeated", owner, field->name,
                  known->is_repeated ? "" : " not");
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        check_message(field->descriptor);
    if (field->type == PROTOBUF_C_TYPE_ENUM)
        check_enum(field->descriptor);
}

static void check_message(const ProtobufCMessageDescriptor *descriptor)
{
    for (size_t i = 0; i < checked_count; i++) {
        if (checked[i] == descriptor)
            return;
    }
    checked[checked_count++] = descriptor;
    for (unsigned i = 0; i < descriptor->n_fields; i++)
        check_field(without_package(descriptor->name), &descriptor->fields[i]);
}

#endif
