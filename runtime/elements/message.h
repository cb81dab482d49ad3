/* message.h -- from a message in C to the packed bytes that are drawn. */
#ifndef ST_ELEMENTS_MESSAGE_H
#define ST_ELEMENTS_MESSAGE_H

#include "elements/messages.pb-c.h"
#include "elements/recording.h"

/* Texts are not changed, but protobuf-c does not say so; NULL is "". */
char *st_unconst(const char *text);

/* Does anything see what is drawn?  If not, nothing needs to be packed.
 * A run that is to end leaves here: ask before anything is allocated. */
bool st_is_drawing(void);

/* Pack and draw.  `is_rewritten`: the handle that is returned leads to it. */
st_handle st_draw_packed(st_kind kind, const St__Element *element, st_handle in,
                         bool is_rewritten);
st_handle st_draw_block(st_kind kind, const St__Block *block, st_handle in);

/* Something cannot be drawn, though the run goes on: an exception element in
 * its place says what and where.  The same in every run, so no calls. */
__attribute__((format(printf, 3, 4))) void
st_complain(st_handle in, const char *type, const char *format, ...);

/* A message whose member is `field`, set to `value`. */
#define ST_DRAW(kind, field, FIELD, value, in, is_rewritten)                   \
    st_draw_packed(                                                            \
        (kind),                                                                \
        &(St__Element){PROTOBUF_C_MESSAGE_INIT(&st__element__descriptor),      \
                       .type_case = ST__ELEMENT__TYPE_##FIELD,                 \
                       .field = (value)},                                      \
        (in), (is_rewritten))

#endif
