/* choices.c -- some of several texts.  Values are the texts themselves, so that
 * options may come and go. */
#include "widgets/widget.h"

#include "elements/fail.h"

#include <string.h>

static size_t count_options(const char *const *options)
{
    size_t count = 0;

    while (options && options[count])
        count++;
    return count;
}

/* The first option of this text, -1: none. */
static int index_of(const char *const *options, const char *text)
{
    for (int i = 0; text && options && options[i]; i++) {
        if (strcmp(options[i], text) == 0)
            return i;
    }
    return -1;
}

/* Where the front end takes options, or has them. */
static char **unconst_all(const char *const *texts)
{
    return (char **)(uintptr_t)texts;
}

/* ---- one of them --------------------------------------------------------- */

/* The default, -1: none. */
static int default_index(const struct st_choice *arguments)
{
    size_t count = count_options(arguments->options);

    return arguments->index >= 0 && (size_t)arguments->index < count
               ? arguments->index
               : -1;
}

/* Begin to draw; false: with this index it is over. */
static bool begin_choice(int *index, st_widget *widget, St__Element *element,
                         const struct st_choice *arguments)
{
    const char *const *options = arguments->options;
    size_t count = count_options(options);

    if (arguments->index != *index && arguments->index != -1 && count > 0) {
        st_widget_refuse(widget, "the index %d is none of its %zu options.",
                         arguments->index, count);
        return false;
    }
    if (!st_widget_begin(widget, element,
                         st_value_text(st_widget_arena(),
                                       *index < 0 ? NULL : options[*index])))
        return false;
    *index = index_of(options,
                      st_value_to_text(&widget->page->arena, widget->value));
    return true;
}

ST_EXPORT int st_draw_radio(const struct st_choice *arguments)
{
    st_widget widget = ST_WIDGET(ST_RADIO, arguments, .type = ST_VALUE_TEXT);
    St__Radio message = ST__RADIO__INIT;
    St__Element element = ST_WIDGET_ELEMENT(RADIO, radio, &message);
    int index = default_index(arguments);

    if (!st_is_drawing())
        return index;
    message.n_options = count_options(arguments->options);
    message.options = unconst_all(arguments->options);
    message.horizontal = arguments->horizontal;
    if (index >= 0) {
        message.maybe_default_case = ST__RADIO__MAYBE_DEFAULT_DEFAULT;
        message.default_ = index;
    }
    if (!begin_choice(&index, &widget, &element, arguments))
        return index;
    if (widget.is_set && index >= 0) {
        message.maybe_raw_value_case = ST__RADIO__MAYBE_RAW_VALUE_RAW_VALUE;
        message.raw_value = st_unconst(arguments->options[index]);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return index;
}

ST_EXPORT int st_draw_selectbox(const struct st_choice *arguments)
{
    st_widget widget =
        ST_WIDGET(ST_SELECTBOX, arguments, .type = ST_VALUE_TEXT);
    St__Selectbox message = ST__SELECTBOX__INIT;
    St__Element element = ST_WIDGET_ELEMENT(SELECTBOX, selectbox, &message);
    int index = default_index(arguments);

    if (!st_is_drawing())
        return index;
    message.n_options = count_options(arguments->options);
    message.options = unconst_all(arguments->options);
    message.placeholder = st_unconst(arguments->placeholder);
    if (index >= 0) {
        message.maybe_default_case = ST__SELECTBOX__MAYBE_DEFAULT_DEFAULT;
        message.default_ = index;
    }
    if (!begin_choice(&index, &widget, &element, arguments))
        return index;
    if (widget.is_set && index >= 0) {
        message.maybe_raw_value_case = ST__SELECTBOX__MAYBE_RAW_VALUE_RAW_VALUE;
        message.raw_value = st_unconst(arguments->options[index]);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return index;
}

/* ---- any number of them -------------------------------------------------- */

/* False: the default makes no sense; it has been said. */
static bool check_multiselect(const st_widget *widget,
                              const struct st_multiselect *arguments)
{
    size_t count = count_options(arguments->value);

    for (size_t i = 0; i < count; i++) {
        if (index_of(arguments->options, arguments->value[i]) >= 0)
            continue;
        st_widget_refuse(widget, "the default '%s' is none of its options.",
                         arguments->value[i]);
        return false;
    }
    if (arguments->max_selections > 0 && count > arguments->max_selections) {
        st_widget_refuse(widget,
                         "the default has %zu options, and %u may be chosen.",
                         count, arguments->max_selections);
        return false;
    }
    return true;
}

static bool is_among(const char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(texts[i], text) == 0)
            return true;
    }
    return false;
}

/* Those of the texts that are options, each once, as many as there may be. */
static const char **keep_options(const char *const *texts,
                                 const struct st_multiselect *arguments)
{
    size_t count = count_options(texts), kept = 0;
    size_t most =
        arguments->max_selections > 0 ? arguments->max_selections : count;
    const char **out =
        st_arena_alloc(st_widget_arena(), (count + 1) * sizeof *out);

    if (!out)
        return NULL;
    for (size_t i = 0; i < count && kept < most; i++) {
        if (index_of(arguments->options, texts[i]) >= 0 &&
            !is_among(out, kept, texts[i]))
            out[kept++] = texts[i];
    }
    out[kept] = NULL;
    return out;
}

/* The default as indices. */
static bool fill_in_default(St__MultiSelect *message,
                            const struct st_multiselect *arguments)
{
    size_t count = count_options(arguments->value);

    message->default_ = st_arena_alloc(st_widget_arena(),
                                       (count + 1) * sizeof *message->default_);
    if (!message->default_)
        return false;
    for (; message->n_default_ < count; message->n_default_++)
        message->default_[message->n_default_] =
            index_of(arguments->options, arguments->value[message->n_default_]);
    return true;
}

ST_EXPORT const char *const *
st_draw_multiselect(const struct st_multiselect *arguments)
{
    static const char *const none[] = {NULL};
    st_widget widget =
        ST_WIDGET(ST_MULTISELECT, arguments, .type = ST_VALUE_TEXTS);
    St__MultiSelect message = ST__MULTI_SELECT__INIT;
    St__Element element = ST_WIDGET_ELEMENT(MULTISELECT, multiselect, &message);
    const char *const *otherwise = arguments->value ? arguments->value : none;
    const char *const *sent, **chosen;

    if (!st_is_drawing() || !check_multiselect(&widget, arguments) ||
        !fill_in_default(&message, arguments))
        return otherwise;
    message.n_options = count_options(arguments->options);
    message.options = unconst_all(arguments->options);
    message.max_selections = (int32_t)arguments->max_selections;
    message.placeholder = st_unconst(arguments->placeholder);
    if (!st_widget_begin(&widget, &element,
                         st_value_texts(st_widget_arena(), otherwise,
                                        count_options(otherwise))))
        return otherwise;
    sent = st_value_to_texts(&widget.page->arena, widget.value);
    chosen = sent ? keep_options(sent, arguments) : NULL;
    if (!chosen)
        return otherwise;
    if (widget.is_set) {
        message.n_raw_values = count_options(chosen);
        message.raw_values = unconst_all(chosen);
        message.set_value = true;
    }
    st_widget_end(&widget, &element);
    return chosen;
}

/* ---- those from one to another ------------------------------------------- */

/* What both sliders of texts have; the indices are the default, then the
 * value. */
typedef struct {
    const char *const *options;
    int indices[2];
    size_t count;
} text_scale;

/* False: the arguments make no sense; it has been said. */
static bool check_text_scale(const st_widget *widget, const text_scale *scale)
{
    size_t options = count_options(scale->options);

    if (options == 0) {
        st_widget_refuse(widget, "it has no options.");
        return false;
    }
    for (size_t i = 0; i < scale->count; i++) {
        if (scale->indices[i] >= 0 && (size_t)scale->indices[i] < options)
            continue;
        st_widget_refuse(widget, "the index %d is none of its %zu options.",
                         scale->indices[i], options);
        return false;
    }
    return true;
}

/* As Streamlit does: a range the wrong way around is turned. */
static void put_in_order(text_scale *scale)
{
    int first = scale->indices[0];

    if (scale->count < 2 || first <= scale->indices[1])
        return;
    scale->indices[0] = scale->indices[1];
    scale->indices[1] = first;
}

/* False: an option is gone. */
static bool read_text_scale(text_scale *scale, st_bytes value)
{
    text_scale read = *scale;
    size_t i = 0;

    for (const char *at = NULL;
         i < read.count && (at = st_value_next_text(value, at)); i++) {
        read.indices[i] = index_of(read.options, at);
        if (read.indices[i] < 0)
            return false;
    }
    put_in_order(&read);
    *scale = read;
    return true;
}

static void draw_text_scale(st_widget *widget, text_scale *scale)
{
    St__Slider message = ST__SLIDER__INIT;
    St__Element element = ST_WIDGET_ELEMENT(SLIDER, slider, &message);
    double defaults[2];
    char *texts[2];

    if (!check_text_scale(widget, scale))
        return;
    put_in_order(scale);
    for (size_t i = 0; i < scale->count; i++) {
        defaults[i] = scale->indices[i];
        texts[i] = st_unconst(scale->options[scale->indices[i]]);
    }
    message.n_options = count_options(scale->options);
    message.options = unconst_all(scale->options);
    message.max = (double)message.n_options - 1;
    message.step = 1;
    message.n_default_ = scale->count;
    message.default_ = defaults;
    message.type = ST__SLIDER__TYPE__SELECT_SLIDER;
    if (!st_widget_begin(widget, &element,
                         st_value_texts(st_widget_arena(),
                                        (const char *const *)texts,
                                        scale->count)))
        return;
    read_text_scale(scale, widget->value);
    if (widget->is_set) {
        for (size_t i = 0; i < scale->count; i++)
            texts[i] = st_unconst(scale->options[scale->indices[i]]);
        message.n_raw_value = scale->count;
        message.raw_value = texts;
        message.set_value = true;
    }
    st_widget_end(widget, &element);
}

ST_EXPORT int st_draw_select_slider(const struct st_select_slider *arguments)
{
    st_widget widget = ST_WIDGET(ST_SELECT_SLIDER, arguments,
                                 .type = ST_VALUE_TEXTS, .least = 1, .most = 1);
    text_scale scale = {arguments->options, {arguments->index, 0}, 1};

    if (st_is_drawing())
        draw_text_scale(&widget, &scale);
    return scale.indices[0];
}

ST_EXPORT st_index_range
st_draw_select_slider_range(const struct st_select_slider_range *arguments)
{
    st_widget widget = ST_WIDGET(ST_SELECT_SLIDER, arguments,
                                 .type = ST_VALUE_TEXTS, .least = 2, .most = 2);
    size_t options = count_options(arguments->options);
    text_scale scale = {
        arguments->options, {arguments->from, arguments->to}, 2};

    if (arguments->from == 0 && arguments->to == 0 && options > 0)
        scale.indices[1] = (int)options - 1;
    if (st_is_drawing())
        draw_text_scale(&widget, &scale);
    else
        put_in_order(&scale);
    return (st_index_range){scale.indices[0], scale.indices[1]};
}
