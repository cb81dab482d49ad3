#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define LONGEST_LINE 600

/* One write() a line, so that lines of several threads and processes stay
 * whole; write() is a cancellation point, the library is none. */
static void write_line(const memo_log_entry *entry)
{
    char line[LONGEST_LINE];
    int size, state;
    const char *kind = entry->level == MEMO_LOG_WARNING ? "warning: " : "";

    if (entry->function)
        size =
            snprintf(line, sizeof line, "memo: %s:%u: %s%s: %s\n", entry->file,
                     entry->line, kind, entry->function, entry->text);
    else
        size = snprintf(line, sizeof line, "memo: %s%s\n", kind, entry->text);
    if (size < 0)
        return;
    if ((size_t)size >= sizeof line) {
        size = (int)sizeof line - 1;
        line[size - 1] = '\n';
    }
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    if (write(STDERR_FILENO, line, (size_t)size) < 0)
        size = 0; /* nobody is there to be told */
    pthread_setcancelstate(state, &state);
}

void memo_log_write(const memo_config *config, const memo_log_entry *entry)
{
    if (!memo_log_shows(config, entry->level))
        return;
    if (config->log)
        config->log(config->log_context, entry);
    else
        write_line(entry);
}

void memo_log_warn(const memo_config *config, const char *format, ...)
{
    char text[LONGEST_LINE];
    memo_log_entry entry = {
        .level = MEMO_LOG_WARNING, .reason = MEMO_REASON_COUNT, .text = text};
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    memo_log_write(config, &entry);
}

void memo_log_about(const memo_config *config,
                    const struct memo_function *function, memo_log_entry entry,
                    const char *format, ...)
{
    char text[LONGEST_LINE];
    va_list list;

    if (!memo_log_shows(config, entry.level))
        return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    entry.function = function->name;
    entry.file = function->file;
    entry.line = function->line;
    entry.text = text;
    memo_log_write(config, &entry);
}
