/* annotation_type.h -- what "@memo_type(…)" above a type says.
 *
 * The functions that turn an object into bytes and back.  Pure.
 */
#ifndef GEN_ANNOTATION_TYPE_H
#define GEN_ANNOTATION_TYPE_H

#include "annotation.h"

/* Names of functions; text NULL where one is not given. */
typedef struct {
    gen_piece hash, encode, decode, release;
} gen_codec;

/* Read "@memo_type(hash=fn, encode=fn, decode=fn, free=fn)".  Offsets are in
 * this text.
 * Errors: the first mistake, NULL when well formed. */
gen_mistake *gen_codec_parse(gen_arena *arena, gen_codec *out, const char *text,
                             size_t size);

#endif
