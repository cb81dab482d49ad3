#include "page.h"

#include "../../support/random.h"

#include <st.h>

#include <stdio.h>

enum { MOST_DEPTH = 4 };

static const char *const colours[] = {"red", "green", "blue", NULL};

/* ---- what is only shown -------------------------------------------------- */

static void show_something(uint64_t *state)
{
    char text[40];
    st_handle slot;

    snprintf(text, sizeof text, "number %u", (unsigned)random_below(state, 50));
    switch (random_below(state, 9)) {
    case 0:
        st_text(text, .help = "more about it");
        break;
    case 1:
        st_metric(text, .value = "7", .delta = "-2");
        break;
    case 2:
        st_warning(text);
        break;
    case 3:
        st_code(text, .language = "c");
        break;
    case 4:
        st_write((double)random_below(state, 100) / 7);
        break;
    case 5:
        slot = st_empty();
        st_text("for a while", .in = slot);
        st_info(text, .in = slot);
        break;
    case 6:
        slot = st_progress(0.1);
        st_progress(0.9, .text = text, .in = slot);
        break;
    case 7:
        st_text(text, .in = ST_SIDEBAR);
        break;
    default:
        st_subheader(text);
        break;
    }
}

/* A function without widgets: it is never asked. */
// @memo
static long leaf(unsigned seed)
{
    uint64_t state = seed;
    long sum = seed % 5;

    for (size_t i = random_below(&state, 4); i > 0; i--)
        show_something(&state);
    return sum;
}

/* ---- what answers -------------------------------------------------------- */

/* A number that tells texts apart. */
static long sum_of(const char *text)
{
    long sum = 0;

    while (*text)
        sum = 31 * sum % 1009 + (unsigned char)*text++;
    return sum;
}

static long sum_of_files(const st_file *file)
{
    long sum = 0;

    for (; file && file->name; file++)
        sum += sum_of(file->name) + sum_of(file->bytes) + (long)file->size;
    return sum;
}

static long ask_for_several(uint64_t *state, const char *label, const char *key)
{
    const char *const *chosen;
    st_index_range indices;
    st_date_range dates;
    st_range range;
    long sum = 0;

    switch (random_below(state, 5)) {
    case 0:
        chosen = st_multiselect(label, .options = colours, .value = colours + 1,
                                .max_selections = 2, .key = key);
        while (*chosen)
            sum = 2 * sum + sum_of(*chosen++);
        return sum;
    case 1:
        indices = st_select_slider_range(label, .options = colours, .key = key);
        return 4 * indices.from + indices.to;
    case 2:
        range =
            st_slider_range(label, .max = 3, .from = 1, .to = 2, .key = key);
        return (long)(4 * range.from + range.to);
    case 3:
        dates = st_date_input_range(label, .from = {2026, 1, 1}, .key = key);
        return 32 * dates.from.day + dates.to.day;
    default:
        return sum_of_files(
            st_file_uploader(label, .multiple = true, .key = key));
    }
}

static long ask_for_one(uint64_t *state, const char *label, const char *key)
{
    st_time time;

    switch (random_below(state, 8)) {
    case 0:
        return st_select_slider(label, .options = colours, .index = 2,
                                .key = key);
    case 1:
        return (long)st_int_slider(label, .max = 3, .key = key);
    case 2:
        return st_date_input(label, .key = key).day;
    case 3:
        return st_date_slider(label, .value = {2026, 1, 2}, .key = key).day;
    case 4:
        time = st_time_input(label, .step_minutes = 30, .key = key);
        return time.hour + time.minute;
    case 5:
        return sum_of(st_color_picker(label, .key = key));
    case 6:
        return sum_of_files(st_camera_input(label, .key = key));
    default:
        return st_download_button(label, .data = label, .key = key) ? 10 : 0;
    }
}

static long ask_something(uint64_t *state)
{
    char label[40], key[40];
    unsigned many = random_below(state, 10) ? 100000 : 2; /* some come twice */
    unsigned number = (unsigned)random_next(state) % many;
    const char *named = random_below(state, 4) ? NULL : key;

    snprintf(label, sizeof label, "ask %u", number);
    snprintf(key, sizeof key, "key-%u", number);
    switch (random_below(state, 12)) {
    case 0:
    case 1:
        return ask_for_several(state, label, named);
    case 2:
    case 3:
    case 4:
        return ask_for_one(state, label, named);
    case 5:
        return st_checkbox(label, .value = number % 2, .key = named);
    case 6:
        return st_button(label, .key = named) ? 10 : 0;
    case 7:
        return (long)st_slider(label, .max = 3, .value = 1, .key = named);
    case 8:
        return st_selectbox(label, .options = colours, .key = named);
    case 9:
        return sum_of(st_text_input(label, .value = "red", .key = named));
    case 10:
        return (long)st_number_input(label, .max = 3, .key = named);
    default:
        return st_radio(label, .options = colours, .index = 1, .key = named);
    }
}

/* ---- everything ---------------------------------------------------------- */

static long node(unsigned seed, int depth);
static long plain_node(unsigned seed, int depth);

/* Something that contains other things. */
static long contain_something(uint64_t *state, unsigned seed, int depth)
{
    st_handle places[2];
    long sum = 0;

    if (random_below(state, 2)) {
        places[0] = random_below(state, 2)
                        ? st_container(.border = true)
                        : st_expander("open it", .expanded = true);
        st_in(places[0])
        {
            sum += (random_below(state, 2) ? node : plain_node)(seed, depth);
        }
        st_text("explicitly", .in = places[0]);
        return sum;
    }
    st_columns(places, 2);
    for (int i = 0; i < 2; i++) {
        st_in(places[i])
        {
            show_something(state);
            sum += node(seed + (unsigned)i, depth);
        }
    }
    return sum;
}

static long draw_some(uint64_t *state, int depth)
{
    unsigned seed = (unsigned)random_next(state) % 100000;
    long sum = 0;

    switch (depth < MOST_DEPTH ? random_below(state, 10) : 9) {
    case 0:
        return node(seed, depth + 1);
    case 1:
        return plain_node(seed, depth + 1);
    case 2:
    case 3:
        return contain_something(state, seed, depth + 1);
    case 4:
        sum = ask_something(state);
        if (sum > 0) /* it comes and goes */
            sum += node(seed, depth + 1);
        return sum;
    case 5:
    case 6:
        return ask_something(state);
    case 7:
        return leaf(seed % 20);
    case 8:
        st_in(ST_SIDEBAR)
        {
            sum += node(seed, depth + 1);
        }
        return sum;
    default:
        show_something(state);
        return random_below(state, 4) ? 1 : st_state_get_int("shared", 5) % 4;
    }
}

static long draw_all(unsigned seed, int depth)
{
    uint64_t state = seed;
    long sum = depth;

    for (size_t i = 1 + random_below(&state, 4); i > 0; i--)
        sum = 3 * sum + draw_some(&state, depth);
    return sum % 1000003;
}

// @memo(allow_widgets)
static long node(unsigned seed, int depth)
{
    return draw_all(seed, depth);
}

/* The same, not memoized; now and then it ends the run. */
static long plain_node(unsigned seed, int depth)
{
    long sum = draw_all(seed, depth);

    if (seed % 97 == 0 && sum % 7 == 0)
        st_stop();
    return sum;
}

void draw_page(void *run)
{
    struct page_run *now = run;

    now->result = -1;
    st_title("A page");
    if (st_button("Count up"))
        st_state_set_int("shared", st_state_get_int("shared", 0) + 1);
    now->result = node(now->page, 0);
    now->result += plain_node(now->page + 1000, 1);
    st_write(now->result);
}
