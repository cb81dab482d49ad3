/* log.h -- what the library tells people, one line at a time.
 *
 * Called without locks, outside of epoch sections: a callback of the user may
 * do anything.
 */
#ifndef MEMO_BASE_LOG_H
#define MEMO_BASE_LOG_H

#include "memo/config.h"

#include <stdbool.h>

/* Would an entry of this level be seen?  (level: not MEMO_LOG_OFF.) */
static inline bool memo_log_shows(const memo_config *config,
                                  memo_log_level level)
{
    return (unsigned)level <= (unsigned)config->log_level;
}

/* Hand an entry to the callback, or write it to stderr at once.  errno may
 * change.
 * Threads: any; lines are not mixed. */
void memo_log_write(const memo_config *config, const memo_log_entry *entry);

/* A warning that is about no function. */
void memo_log_warn(const memo_config *config, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* An entry about a function.  Its level, reason and format come in `entry`;
 * entry->text is set here. */
void memo_log_about(const memo_config *config,
                    const struct memo_function *function, memo_log_entry entry,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
