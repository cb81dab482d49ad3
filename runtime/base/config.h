/* config.h -- the settings of the process, read without a lock.
 *
 * Settings change as a whole: each is an immutable copy that stays for as long
 * as the process, because a reader may hold it at any time.  Equal settings
 * share one copy, so that switching to and fro costs nothing.
 */
#ifndef MEMO_BASE_CONFIG_H
#define MEMO_BASE_CONFIG_H

#include "base/clock.h"
#include "memo/config.h"

typedef struct memo_settings {
    memo_config config;
    memo_clock clock;
    struct memo_settings *next; /* in the list of all that ever were */
} memo_settings;

/* Settings without an environment: the defaults. */
void memo_settings_init(memo_settings *out);

/* Follow the environment's variables.  Each bad value is reported through the
 * log of `out`, once all are read. */
void memo_settings_read_environment(memo_settings *out);

/* How long to wait for a store.  Units: nanoseconds. */
static inline uint64_t memo_store_timeout(const memo_config *config)
{
    return config->store_timeout_ns ? config->store_timeout_ns : 50000000u;
}

/* MEMO_BAD_VALUE or MEMO_OK. */
memo_status memo_config_check(const memo_config *config);

/* Settings for `config`: one of the list, or new at its begin.
 * Owner: the list; NULL: out of memory. */
memo_settings *memo_settings_make(memo_settings **list,
                                  const memo_config *config);

#endif
