/* show_layout.h -- where in a key or a value each argument or result is.
 *
 * It finds the items of key bytes, as key.c makes them, and the parts of
 * values, as value.c does.  It shows nothing.
 */
#ifndef MEMO_INSPECT_SHOW_LAYOUT_H
#define MEMO_INSPECT_SHOW_LAYOUT_H

#include "base/hash.h"
#include "inspect/show_walk.h"

typedef enum {
    MEMO_ITEM_MISSING, /* nobody knows where it is */
    MEMO_ITEM_NONE,    /* it has no bytes */
    MEMO_ITEM_NULL,
    MEMO_ITEM_TEXT,   /* `count` bytes */
    MEMO_ITEM_RAW,    /* the same, of memory as it was */
    MEMO_ITEM_VALUE,  /* a value that was walked over */
    MEMO_ITEM_OUTPUT, /* `count` elements to be written, if it is known */
    MEMO_ITEM_DIGEST, /* of `count` elements or characters */
    MEMO_ITEM_FOLDED  /* within the digest of all up to some item */
} memo_item_state;

typedef struct {
    memo_item_state state;
    bool has_count;
    uint64_t count;
    size_t root;                /* among the pieces */
    const unsigned char *bytes; /* of a text or digest */
    const unsigned char *file;  /* three words about a file, or NULL */
} memo_item;

/* What a key holds for a file. */
typedef struct {
    int64_t is_there; /* 1; 0 or -errno */
    uint64_t digest[2];
} memo_item_file;

typedef struct {
    memo_walk walk; /* its outcome is that of the layout */
    memo_lengths lengths;
    memo_item *items; /* of each parameter, the result behind them */
    const unsigned char *bytes;
    bool is_key;
    size_t begin; /* of a folded key: places that are in the digest */
} memo_layout;

/* Find what there is.  Even if it stops early, what was found can be shown.
 * Shape:  the facts outlive the layout, and the bytes too.
 * Owner:  caller, memo_layout_finish(). */
void memo_layout_key(memo_layout *out, const memo_facts *facts,
                     const unsigned char *bytes, size_t size);
void memo_layout_value(memo_layout *out, const memo_facts *facts,
                       const unsigned char *bytes, size_t size);
void memo_layout_finish(memo_layout *layout);

#endif
