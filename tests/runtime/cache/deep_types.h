/* deep_types.h -- C types with pointers in them, with their tables, as memogen
 * would write them.
 */
#ifndef MEMO_TESTS_DEEP_TYPES_H
#define MEMO_TESTS_DEEP_TYPES_H

#include "sample_types.h"

#include <stdlib.h>
#include <string.h>

#define DEEP(name, fields)                                                     \
    {                                                                          \
        "struct " #name, MEMO_KIND_DEEP_STRUCT,                                \
            sizeof fields / sizeof *fields, sizeof(struct name), fields, NULL, \
            NULL                                                               \
    }
#define POINTER(target)                                                        \
    {                                                                          \
#target " *", MEMO_KIND_POINTER, 0, sizeof(void *), NULL, &target,     \
            NULL                                                               \
    }
#define COUNTED(owner, field, type, many)                                      \
    {                                                                          \
#field, &type, offsetof(struct owner, field), many, NULL, NULL,        \
            owner##_count_##field                                              \
    }
#define COUNT(owner, field, expression)                                        \
    static memo_u64 owner##_count_##field(const void *object)                  \
    {                                                                          \
        const struct owner *from = object;                                     \
                                                                               \
        return (memo_u64)(expression);                                         \
    }

static const struct memo_type type_text = {
    "char *", MEMO_KIND_TEXT, 0, sizeof(char *), NULL, NULL, NULL};
static const struct memo_type type_texts = POINTER(type_text);
static const struct memo_type type_doubles = POINTER(type_double);
static const struct memo_type type_ints = POINTER(type_int);

/* A list. */
struct item {
    int number;
    struct item *next;
};
static const struct memo_type type_item_pointer;
static const struct memo_field item_fields[] = {
    FIELD(item, number, type_int), FIELD(item, next, type_item_pointer)};
static const struct memo_type type_item = DEEP(item, item_fields);
static const struct memo_type type_item_pointer = POINTER(type_item);

/* A tree, or any graph. */
struct node {
    struct node *left;
    int value;
    struct node *right;
};
static const struct memo_type type_node_pointer;
static const struct memo_field node_fields[] = {
    FIELD(node, left, type_node_pointer), FIELD(node, value, type_int),
    FIELD(node, right, type_node_pointer)};
static const struct memo_type type_node = DEEP(node, node_fields);
static const struct memo_type type_node_pointer = POINTER(type_node);

/* Elements of one array that lead to each other. */
struct vertex {
    int number;
    struct vertex *next;
};
static const struct memo_type type_vertex_pointer;
static const struct memo_field vertex_fields[] = {
    FIELD(vertex, number, type_int), FIELD(vertex, next, type_vertex_pointer)};
static const struct memo_type type_vertex = DEEP(vertex, vertex_fields);
static const struct memo_type type_vertex_pointer = POINTER(type_vertex);

struct net {
    unsigned count;
    struct vertex *all; /* len(count) */
    struct vertex *last;
};
COUNT(net, all, from->count)
static const struct memo_field net_fields[] = {
    FIELD(net, count, type_unsigned), COUNTED(net, all, type_vertex_pointer, 1),
    FIELD(net, last, type_vertex_pointer)};
static const struct memo_type type_net = DEEP(net, net_fields);

/* A table: numbers and texts, lengths computed. */
struct table {
    unsigned rows, columns;
    double *cells; /* len(rows * columns) */
    char **labels; /* len(columns) */
    char *title;
};
COUNT(table, cells, (memo_u64)from->rows * from->columns)
COUNT(table, labels, from->columns)
static const struct memo_field table_fields[] = {
    FIELD(table, rows, type_unsigned), FIELD(table, columns, type_unsigned),
    COUNTED(table, cells, type_doubles, 1),
    COUNTED(table, labels, type_texts, 1), FIELD(table, title, type_text)};
static const struct memo_type type_table = DEEP(table, table_fields);

/* Two arrays of numbers. */
struct spans {
    unsigned a_count, b_count;
    int *a, *b;
};
COUNT(spans, a, from->a_count)
COUNT(spans, b, from->b_count)
static const struct memo_field spans_fields[] = {
    FIELD(spans, a_count, type_unsigned), FIELD(spans, b_count, type_unsigned),
    COUNTED(spans, a, type_ints, 1), COUNTED(spans, b, type_ints, 1)};
static const struct memo_type type_spans = DEEP(spans, spans_fields);

/* A flexible array, of texts. */
struct message {
    unsigned short count;
    char *words[];
};
COUNT(message, words, from->count)
static const struct memo_field message_fields[] = {
    {"count", &type_short, offsetof(struct message, count), 1, NULL, NULL,
     NULL},
    COUNTED(message, words, type_text, 0)};
static const struct memo_type type_message = DEEP(message, message_fields);
static const struct memo_type type_message_pointer = POINTER(type_message);

/* Structs, bit-fields and arrays of pointers inside of a struct. */
struct crowd {
    bool is_open;
    struct table tables[2];
    struct item *ends[3];
    struct message *message;
    struct bits bits;
    long double weight;
};
static const struct memo_field crowd_fields[] = {
    FIELD(crowd, is_open, type_bool),
    ARRAY(crowd, tables, type_table, 2),
    ARRAY(crowd, ends, type_item_pointer, 3),
    FIELD(crowd, message, type_message_pointer),
    FIELD(crowd, bits, type_bits),
    FIELD(crowd, weight, type_long_double)};
static const struct memo_type type_crowd = DEEP(crowd, crowd_fields);

/* ---- values that functions turn into bytes ------------------------------- */

/* In place: a text and its length, no bytes wasted. */
struct box {
    size_t size;
    char *bytes;
};
static int box_count; /* decoded and not released */

static inline memo_size box_encode(const void *object, void *bytes,
                                   memo_size room)
{
    const struct box *box = object;

    if (box->size <= room && box->size > 0)
        memcpy(bytes, box->bytes, box->size);
    return box->size;
}

static inline int box_decode(void *object, const void *bytes, memo_size size)
{
    struct box *box = object;

    box->bytes = malloc(size + 1);
    if (!box->bytes)
        return 0;
    memcpy(box->bytes, bytes, size);
    box->size = size;
    box_count++;
    return 1;
}

static inline void box_release(void *object)
{
    free(((struct box *)object)->bytes);
    box_count--;
}

static const struct memo_codec box_codec = {
    NULL, box_encode, box_decode, box_release, 0, NULL, NULL};
static const struct memo_type type_box = {
    "struct box", MEMO_KIND_OPAQUE, 0, sizeof(struct box), NULL,
    NULL,         &box_codec};

/* By pointer: nobody knows what stands behind it. */
static inline memo_size handle_encode(const void *object, void *bytes,
                                      memo_size room)
{
    return box_encode(*(struct box *const *)object, bytes, room);
}

static inline void handle_release(void *object)
{
    struct box *box = *(struct box **)object;

    box_release(box);
    free(box);
}

static inline int handle_decode(void *object, const void *bytes, memo_size size)
{
    struct box *box = malloc(sizeof *box);

    if (!box)
        return 0;
    if (!box_decode(box, bytes, size)) {
        free(box);
        return 0;
    }
    *(struct box **)object = box;
    return 1;
}

static inline memo_u64 handle_hash(const void *object)
{
    const struct box *box = *(struct box *const *)object;

    return box->size;
}

static const struct memo_codec handle_codec = {
    NULL, handle_encode, handle_decode, handle_release, 1, NULL, NULL};
static const struct memo_type type_handle = {
    "box *", MEMO_KIND_OPAQUE, 0, sizeof(void *), NULL, NULL, &handle_codec};
static const struct memo_codec hashed_codec = {handle_hash, NULL, NULL, NULL,
                                               1,           NULL, NULL};
static const struct memo_type type_hashed = {
    "box *", MEMO_KIND_OPAQUE, 0, sizeof(void *), NULL, NULL, &hashed_codec};

struct owner {
    struct box own;
    struct box *other;
    unsigned count;
    struct box *many; /* len(count) */
};
static const struct memo_type type_boxes = POINTER(type_box);
COUNT(owner, many, from->count)
static const struct memo_field owner_fields[] = {
    FIELD(owner, own, type_box), FIELD(owner, other, type_handle),
    FIELD(owner, count, type_unsigned), COUNTED(owner, many, type_boxes, 1)};
static const struct memo_type type_owner = DEEP(owner, owner_fields);

#endif
