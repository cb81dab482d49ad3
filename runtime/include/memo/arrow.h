/* memo/arrow.h -- tables of data as Apache Arrow's C data interface has them.
 *
 *     struct ArrowSchema schema;
 *     struct ArrowArray array;
 *     load(&schema, &array);
 *     ...
 *     array.release(&array);
 *     schema.release(&schema);
 *
 * Nothing of Arrow's libraries is needed.  Whoever fills a struct also sets its
 * `release`; whoever has it calls that once, or moves the struct: copies it and
 * sets `release` of the source to NULL.  A child may be moved out the same way
 * if its parent is released right after.  A record batch is an array of
 * structs. Source: https://arrow.apache.org/docs/format/CDataInterface.html,
 * whose guard lets several headers define the same two structs.
 */
#ifndef MEMO_ARROW_H
#define MEMO_ARROW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

/* What the flags of a schema add up to. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/* A type, a field or a table's columns. */
struct ArrowSchema {
    const char *format;   /* the type, "i" for one */
    const char *name;     /* NULL and "" are the same: none */
    const char *metadata; /* keys and values with their lengths, or NULL */
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary; /* the type of the values, or NULL */
    void (*release)(struct ArrowSchema *schema); /* NULL = released */
    void *private_data;                          /* the producer's */
};

/* Values of such a type.  How many buffers there are, and of what, the columnar
 * format says: https://arrow.apache.org/docs/format/Columnar.html. */
struct ArrowArray {
    int64_t length;     /* items, without those before `offset` */
    int64_t null_count; /* -1 = not counted */
    int64_t offset;     /* items to skip in the buffers */
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers; /* [0] the validity bitmap, NULL = all valid */
    struct ArrowArray **children;
    struct ArrowArray *dictionary; /* the values that indices stand for */
    void (*release)(struct ArrowArray *array); /* NULL = released */
    void *private_data;                        /* the producer's */
};

#endif

#ifdef __cplusplus
}
#endif

#endif
