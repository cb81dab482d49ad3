/* sample.c -- the page of a sample in a browser, and how often the bodies of
 * its memoized functions have run.
 */
#include <memo.h>
#include <st.h>
#include <st/app.h>

#include <stdio.h>

/* The sample's. */
void draw_page(void *unused);

static int say_runs(void *context, const memo_function_info *info)
{
    char text[200];

    (void)context;
    snprintf(text, sizeof text, "%s: body runs = %llu", info->name,
             (unsigned long long)(info->stats.calls - info->stats.hits));
    st_text(text);
    return 0;
}

static void draw(void *unused)
{
    draw_page(unused);
    memo_each_function(say_runs, NULL);
}

int main(int argc, char **argv)
{
    return st_app_run(argc, argv, draw, NULL);
}
