/* show.h -- say whether a call ran its body, and how long it took.
 *
 *     SHOW(fib, result = fib(32));
 *
 * It goes to standard error: what the samples write to standard output is the
 * same with and without memogen.
 */
#ifndef SHOW_H
#define SHOW_H

#include <memo.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Run `result = call` of the function. */
#define SHOW(function, statement)                                              \
    do {                                                                       \
        memo_stats before = {0}, after = {0};                                  \
        double begin;                                                          \
                                                                               \
        (void)memo_stats(function, &before);                                   \
        begin = show_seconds();                                                \
        statement;                                                             \
        begin = show_seconds() - begin;                                        \
        (void)memo_stats(function, &after);                                    \
        show_call(#statement, &before, &after, begin);                         \
    } while (0)

static double show_seconds(void)
{
    struct timespec now;

    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void show_call(const char *text, const memo_stats *before,
                      const memo_stats *after, double seconds)
{
    unsigned long runs = (unsigned long)(after->misses - before->misses);
    const char *equals = strstr(text, "= ");
    char how[64] = "computed";

    if (runs > 0)
        snprintf(how, sizeof how, "computed, body ran %lu times", runs);
    if (runs == 1)
        snprintf(how, sizeof how, "computed, body ran once");
    if (runs == 0 && after->hits > before->hits)
        snprintf(how, sizeof how, "hit");
    fprintf(stderr, "  %-44s %-28s", equals ? equals + 2 : text, how);
    if (seconds < 1e-3)
        fprintf(stderr, "%9.1f us\n", seconds * 1e6);
    else
        fprintf(stderr, "%9.1f ms\n", seconds * 1e3);
}

#endif
