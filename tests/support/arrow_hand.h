/* arrow_hand.h -- Arrow structs written down by hand, for one test each. */
#ifndef MEMO_TESTS_ARROW_HAND_H
#define MEMO_TESTS_ARROW_HAND_H

#include "memo/arrow.h"

#include <stddef.h>

static inline void hand_schema_released(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static inline void hand_array_released(struct ArrowArray *array)
{
    array->release = NULL;
}

#define COUNT_OF(list) ((int64_t)(sizeof(list) / sizeof *(list)))

/* A schema without children; more members may follow. */
#define SCHEMA(...)                                                            \
    {                                                                          \
        .name = "", .release = hand_schema_released, .format = __VA_ARGS__     \
    }

/* An array over a list of buffers and its length; more members may follow. */
#define ARRAY(list, ...)                                                       \
    {                                                                          \
        .n_buffers = COUNT_OF(list), .buffers = (list),                        \
        .release = hand_array_released, .length = __VA_ARGS__                  \
    }

/* The children of either, a list of pointers. */
#define CHILDREN(list) .n_children = COUNT_OF(list), .children = (list)

#endif
