/* text.c -- what is read: text, Markdown, headings, code. */
#include "st/elements.h"

#include "elements/fail.h"
#include "elements/message.h"

#include <stdio.h>
#include <string.h>

ST_EXPORT void st_draw_text(const struct st_text *arguments)
{
    St__Text text = ST__TEXT__INIT;

    text.body = st_unconst(arguments->body);
    text.help = st_unconst(arguments->help);
    ST_DRAW(ST_TEXT, text, TEXT, &text, arguments->in, false);
}

static void draw_markdown(st_kind kind, const struct st_markdown *arguments,
                          St__Markdown__Type type)
{
    St__Markdown markdown = ST__MARKDOWN__INIT;

    markdown.body = st_unconst(arguments->body);
    markdown.help = st_unconst(arguments->help);
    markdown.allow_html = arguments->unsafe_allow_html;
    markdown.element_type = type;
    ST_DRAW(kind, markdown, MARKDOWN, &markdown, arguments->in, false);
}

ST_EXPORT void st_draw_markdown(const struct st_markdown *arguments)
{
    draw_markdown(ST_MARKDOWN, arguments, ST__MARKDOWN__TYPE__NATIVE);
}

ST_EXPORT void st_draw_caption(const struct st_markdown *arguments)
{
    draw_markdown(ST_CAPTION, arguments, ST__MARKDOWN__TYPE__CAPTION);
}

ST_EXPORT void st_draw_latex(const struct st_markdown *arguments)
{
    char few[400];
    const char *body = arguments->body ? arguments->body : "";
    size_t size = strlen(body) + 7;
    char *formula = size <= sizeof few ? few : (char *)st_message_room(size);
    struct st_markdown wrapped = *arguments;

    if (!formula)
        return;
    snprintf(formula, size, "$$\n%s\n$$", body);
    wrapped.body = formula;
    draw_markdown(ST_LATEX, &wrapped, ST__MARKDOWN__TYPE__LATEX);
}

static void draw_heading(st_kind kind, const struct st_heading *arguments,
                         const char *tag)
{
    St__Heading heading = ST__HEADING__INIT;

    heading.tag = st_unconst(tag);
    heading.body = st_unconst(arguments->body);
    heading.anchor = st_unconst(arguments->anchor);
    heading.help = st_unconst(arguments->help);
    heading.divider = st_unconst(arguments->divider);
    heading.hide_anchor = arguments->hide_anchor;
    ST_DRAW(kind, heading, HEADING, &heading, arguments->in, false);
}

ST_EXPORT void st_draw_title(const struct st_heading *arguments)
{
    draw_heading(ST_TITLE, arguments, "h1");
}

ST_EXPORT void st_draw_header(const struct st_heading *arguments)
{
    draw_heading(ST_HEADER, arguments, "h2");
}

ST_EXPORT void st_draw_subheader(const struct st_heading *arguments)
{
    draw_heading(ST_SUBHEADER, arguments, "h3");
}

ST_EXPORT void st_draw_code(const struct st_code *arguments)
{
    St__Code code = ST__CODE__INIT;

    code.code_text = st_unconst(arguments->body);
    code.language = st_unconst(arguments->language ? arguments->language : "c");
    code.show_line_numbers = arguments->line_numbers;
    code.wrap_lines = arguments->wrap_lines;
    ST_DRAW(ST_CODE, code, CODE, &code, arguments->in, false);
}

/* ---- anything ------------------------------------------------------------ */

ST_EXPORT void st_write_text(const char *what)
{
    st_markdown(what);
}

ST_EXPORT void st_write_bool(bool what)
{
    st_markdown(what ? "true" : "false");
}

ST_EXPORT void st_write_double(double what)
{
    char text[40];

    /* As few digits as tell it from its neighbours. */
    for (int digits = 15; digits <= 17; digits++) {
        double again;

        snprintf(text, sizeof text, "%.*g", digits, what);
        if (sscanf(text, "%lf", &again) == 1 && again == what)
            break;
    }
    st_markdown(text);
}

ST_EXPORT void st_write_unsigned(unsigned long long what)
{
    char text[32];

    snprintf(text, sizeof text, "%llu", what);
    st_markdown(text);
}

ST_EXPORT void st_write_signed(long long what)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", what);
    st_markdown(text);
}
