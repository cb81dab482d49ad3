/* app_parts.h -- what the files of an app share.
 *
 *     app.c      its life, and its tabs
 *     answer.c   who may ask, and what is answered
 */
#ifndef ST_APP_APP_PARTS_H
#define ST_APP_APP_PARTS_H

#include "app/app.h"
#include "app/runs.h"

typedef struct {
    st_client *client;
    bool is_connected;
    uint64_t gone_ns; /* when its connection went; 0: it is to be seen */
} st_tab;

struct st_app {
    st_app_facts facts;
    st_host host;
    st_runs *runs;
    st_tab *tabs;
    size_t tab_count, tab_capacity;
    char *policy; /* of the page, from malloc() */
};

/* ---- app.c --------------------------------------------------------------- */

/* NULL: there is none. */
st_tab *st_app_find_tab(const st_app *app, const char *id);

/* ---- answer.c ------------------------------------------------------------ */

/* What a page of the app may load, as a header says it.
 * Owner:  caller, free().
 * Errors: NULL: out of memory. */
char *st_app_make_policy(const st_options *options);

#endif
