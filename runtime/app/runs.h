/* runs.h -- threads that run pages: few for many clients.
 *
 * A thread belongs to a run, not to a client: whoever has nothing to do after a
 * while ends.
 */
#ifndef ST_APP_RUNS_H
#define ST_APP_RUNS_H

#include "app/client.h"

typedef struct st_runs st_runs;

/* Owner:  caller, st_runs_destroy().
 * Errors: NULL: out of memory. */
st_runs *st_runs_create(unsigned most_threads);

/* Run a client when it is its turn: st_client_run().  Threads: any.
 * Errors: false: out of memory, or no thread could be made. */
bool st_runs_add(st_runs *runs, st_client *client);

/* End: what has not begun is dropped; waits `seconds` for what runs.
 * Errors: false: a run goes on still; nothing was freed. */
bool st_runs_destroy(st_runs *runs, unsigned seconds);

#endif
