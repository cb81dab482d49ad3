/* answer.h -- what a person in front of a page may do, at random. */
#ifndef ANSWER_H
#define ANSWER_H

#include "../../support/random.h"

#include <st/test.h>

#include <string.h>

static const char *const kinds[] = {"checkbox",  "button",     "slider",
                                    "selectbox", "text_input", "number_input",
                                    "radio"};

static void answer(st_test *test, const st_element *widget, uint64_t *state)
{
    static const char *const options[] = {"red", "green", "blue"};
    const char *kind = st_element_kind(widget);

    if (strcmp(kind, "checkbox") == 0)
        st_test_set_bool(test, widget, random_below(state, 2));
    else if (strcmp(kind, "button") == 0)
        st_test_click(test, widget);
    else if (strcmp(kind, "slider") == 0 || strcmp(kind, "number_input") == 0)
        st_test_set_double(test, widget, (double)random_below(state, 4));
    else if (strcmp(kind, "text_input") == 0)
        st_test_set_text(test, widget, options[random_below(state, 3)]);
    else
        st_test_set_text(test, widget, options[random_below(state, 3)]);
}

/* The person in front of the page does something, or several things. */
static void interact(st_test *test, uint64_t *state)
{
    do {
        const char *kind = kinds[random_below(state, 7)];
        size_t count = st_test_count(test, kind);

        if (count > 0)
            answer(test, st_test_find(test, kind, random_below(state, count)),
                   state);
    } while (random_below(state, 3) == 0);
}

#endif
