/* say.c -- what tests read on a page: formatted texts, counts of runs. */
#include "pages.h"

#include <memo.h>
#include <st.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void say(const char *format, ...)
{
    char text[500];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    st_text(text);
}

typedef struct {
    const char *name;
    unsigned long long runs;
} counted;

static int count(void *context, const memo_function_info *info)
{
    counted *of = context;

    if (strcmp(info->name, of->name) != 0)
        return 0;
    of->runs = info->stats.calls - info->stats.hits;
    return 1;
}

void say_runs(const char *name)
{
    counted of = {name, 0};

    memo_each_function(count, &of);
    say("body runs = %llu", of.runs);
}
