/* cache_commands.h -- the commands of `memogen cache`.
 *
 * Each appends what it prints to the run's text and returns the exit code.
 */
#ifndef GEN_CACHE_COMMANDS_H
#define GEN_CACHE_COMMANDS_H

#include "cache_store.h"

typedef int gen_cache_runner(gen_cache_run *run);

gen_cache_runner gen_cache_ls, gen_cache_show, gen_cache_stats, gen_cache_clear,
    gen_cache_verify, gen_cache_prune, gen_cache_export, gen_cache_import;

#endif
