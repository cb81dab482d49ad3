/* report.c -- write down what was a hit when a program ends.
 *
 * Linked to the memoized program only; MEMO_REPORT names the file.  A line a
 * function: name, calls, hits, lies.
 */
#include <memo.h>

#include <stdio.h>
#include <stdlib.h>

static int write_line(void *context, const memo_function_info *info)
{
    fprintf(context, "%s %llu %llu %llu\n", info->name,
            (unsigned long long)info->stats.calls,
            (unsigned long long)info->stats.hits,
            (unsigned long long)info->stats.lies);
    return 0;
}

static void write_report(void)
{
    const char *path = getenv("MEMO_REPORT");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;

    if (file == NULL)
        return;
    memo_each_function(write_line, file);
    fclose(file);
}

__attribute__((__constructor__)) static void report_at_exit(void)
{
    atexit(write_report);
}
