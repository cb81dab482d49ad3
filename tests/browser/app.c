/* app.c -- the program that tests look at: shows the page whose name stands
 * behind "--".
 *
 *     browser_app --port 0 -- widgets
 */
#include "pages/pages.h"

#include <st/app.h>

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*draw)(void *unused);
} pages[] = {
    {"elements", draw_elements},
    {"elements_memoized", draw_elements_memoized},
    {"widgets", draw_widgets},
    {"widgets_memoized", draw_widgets_memoized},
    {"session", draw_session},
    {"shared", draw_shared},
    {"files", draw_files},
    {"players", draw_players},
    {"slow", draw_slow},
    {"cleared", draw_cleared},
    {"stopped", draw_stopped},
    {"rerun", draw_rerun},
    {"layout", draw_layout},
    {"form", draw_form},
    {"query", draw_query},
    {"configured", draw_configured},
    {"duplicate", draw_duplicate},
    {"external", draw_external},
};

static const char *find_name(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            return argv[i + 1];
    }
    return "";
}

int main(int argc, char **argv)
{
    const char *name = find_name(argc, argv);

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(pages[i].name, name) == 0)
            return st_app_run(argc, argv, pages[i].draw, NULL);
    }
    fprintf(stderr, "browser_app: no page has the name '%s'\n", name);
    return 2;
}
