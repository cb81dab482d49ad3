/* options.h -- what the command line says to a program that shows a page. */
#ifndef ST_APP_OPTIONS_H
#define ST_APP_OPTIONS_H

#include "app/wire.h"

/* They all stand in a header of every page. */
#define ST_MOST_ORIGINS 16

typedef struct {
    const char *address, *base_path; /* "" or "/a/b" */
    unsigned port;                   /* 0: any that is free */
    unsigned max_upload_mb, max_sessions, max_runs;
    const char *front;              /* a folder; NULL: where it is installed */
    const char *tls_cert, *tls_key; /* files; NULL: without TLS */
    /* Names by which others know this host, origins that pages may show; from
     * the command line, at most as many as it has words. */
    const char **hosts, **origins;
    size_t host_count, origin_count;
    st_theme theme;
    bool is_headless; /* draw the page once, as text */
    bool is_help;
} st_options;

/* Read them, up to "--".  Words that are no options are the program's.
 * Owner:  caller, st_options_finish(); texts are those of `argv`.
 * Errors: ST_BAD_VALUE: `error` says which one, and what it may be. */
st_status st_options_read(st_options *out, int argc, char **argv,
                          st_failure *error);
void st_options_finish(st_options *options);

/* The text of --help. */
void st_options_print(const char *program);

#endif
