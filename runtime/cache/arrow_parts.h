/* arrow_parts.h -- what the files of arrow.h share.
 *
 * A place in a tree of schemas, for complaints; the bytes of metadata; the
 * marks of the canonical form.
 */
#ifndef MEMO_CACHE_ARROW_PARTS_H
#define MEMO_CACHE_ARROW_PARTS_H

#include "cache/arrow.h"

#include <stdint.h>

/* The first byte of the form; the other one on machines that begin numbers
 * with the high byte. */
#define MEMO_ARROW_FORM_LITTLE 0x41
#define MEMO_ARROW_FORM_BIG 0x61
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define MEMO_ARROW_FORM MEMO_ARROW_FORM_BIG
#else
#define MEMO_ARROW_FORM MEMO_ARROW_FORM_LITTLE
#endif

#define MEMO_ARROW_OF_DICTIONARY (-1)

/* Where we are: the children that lead there. */
typedef struct {
    memo_arrow_reason *reason;
    unsigned depth;
    int64_t steps[MEMO_ARROW_DEPTH]; /* a child, or MEMO_ARROW_OF_DICTIONARY */
} memo_arrow_place;

/* Say what is wrong here; returns false. */
bool memo_arrow_refuse(const memo_arrow_place *place,
                       memo_arrow_trouble trouble, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define MEMO_ARROW_BAD(place, ...)                                             \
    memo_arrow_refuse(place, MEMO_ARROW_MALFORMED, __VA_ARGS__)

/* Go to a child or the dictionary; false when that is too deep. */
bool memo_arrow_enter(memo_arrow_place *place, int64_t step);
void memo_arrow_leave(memo_arrow_place *place);

/* The bytes of a schema's metadata within `room`, 0 for none; -1 when they are
 * malformed or more. */
int64_t memo_arrow_metadata_bytes(const char *metadata, int64_t room);

#endif
