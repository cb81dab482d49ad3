/* wire.h -- what is told to the front end, as packets, and what it says.
 *
 * It knows neither sessions nor sockets.
 */
#ifndef ST_APP_WIRE_H
#define ST_APP_WIRE_H

#include "app/packet.h"
#include "app/wire.pb-c.h"
#include "elements/page.h"

#include <stdbool.h>
#include <stdint.h>

/* The front end that is spoken to; another number would make it load itself
 * anew. */
#define ST_FRONT_VERSION "1.62.0"

/* What a theme may say; NULL is as the front end has it. */
typedef struct {
    bool is_dark;
    const char *primary_color, *background_color;
    const char *secondary_background_color, *text_color;
} st_theme;

typedef struct {
    const char *name;       /* of the program */
    const char *session_id; /* of the browser's tab */
    uint64_t run;           /* told apart by its number */
    st_theme theme;
} st_run_facts;

/* All of them:
 * Owner:  caller, free().
 * Errors: NULL: out of memory. */
st_packet *st_wire_new_run(const st_run_facts *facts);
st_packet *st_wire_is_running(bool is_running);
/* `is_early`: another run follows at once. */
st_packet *st_wire_finished(bool is_early);
st_packet *st_wire_query(const char *query);
st_packet *st_wire_config(const void *bytes, size_t size);
st_packet *st_wire_alive(void);

/* Something drawn.  `hash`: NULL: the browser is not to keep it. */
typedef struct {
    const uint32_t *path;
    size_t path_size;
    const unsigned char *bytes;
    size_t size;
    bool is_block;
    const char *hash;
} st_wire_node;

st_packet *st_wire_drawn(const st_wire_node *node);

/* The same, of what the browser has kept by this hash. */
st_packet *st_wire_kept(const st_wire_node *node);

/* Where files are to be sent: "<prefix><id>" for each; `error`: or why not. */
typedef struct {
    const char *request_id, *prefix;
    const char *const *ids;
    size_t count;
    const char *error;
} st_upload_places;

st_packet *st_wire_upload_places(const st_upload_places *places);

/* What the front end says.
 * Owner:  caller, st__back_msg__free_unpacked().
 * Errors: NULL: it is no such message, or out of memory. */
St__BackMsg *st_wire_read(const void *bytes, size_t size);

#endif
