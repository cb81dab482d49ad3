/* json_charts.c -- charts that JSON describes. */
#include "st/json_charts.h"

#include "elements/fail.h"
#include "elements/json_element.h"
#include "elements/sizes.h"

#include <stdlib.h>
#include <string.h>

/* How wide and high: ST_CHART_ARGUMENTS of any chart. */
typedef struct {
    ST_CHART_ARGUMENTS;
} place;

#define PLACE_OF(arguments)                                                    \
    {                                                                          \
        .width = (arguments)->width, .height = (arguments)->height,            \
        .use_container_width = (arguments)->use_container_width,               \
        .use_content_width = (arguments)->use_content_width,                   \
        .in = (arguments)->in                                                  \
    }

static void draw(st_kind kind, St__Element *element, const place *at)
{
    st_sizes sizes;

    st_sizes_set(&sizes, element, at->width, at->height);
    if (at->use_content_width)
        st_sizes_set_width(&sizes, element, at->width, false);
    st_draw_packed(kind, element, at->in, false);
}

static const char *theme_of(const char *theme)
{
    return theme ? theme : "streamlit";
}

/* The text of a document that is not needed any more. */
static char *text_of(st_document *document)
{
    st_page *page = st_page_now(st_thread_self());
    const char *text = st_document_text(document, &page->arena);

    st_document_destroy(document);
    return st_unconst(text);
}

/* ---- Vega-Lite ----------------------------------------------------------- */

static bool consists_of_charts(const st_document *document)
{
    static const struct {
        const char *object, *name;
    } members[] = {{NULL, "facet"},        {NULL, "repeat"},
                   {NULL, "hconcat"},      {NULL, "vconcat"},
                   {NULL, "concat"},       {"encoding", "row"},
                   {"encoding", "column"}, {"encoding", "facet"}};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (st_document_has(document, members[i].object, members[i].name))
            return true;
    }
    return false;
}

static void draw_vega_lite(st_kind kind, const char *call,
                           const struct st_vega_lite_chart *arguments)
{
    St__VegaLiteChart chart = ST__VEGA_LITE_CHART__INIT;
    St__Element element = ST__ELEMENT__INIT;
    place at = PLACE_OF(arguments);
    st_document *document =
        st_json_read_object(call, "spec", arguments->spec, arguments->in);

    if (!document)
        return;
    if (consists_of_charts(document))
        at.use_content_width |= !at.use_container_width;
    else
        st_document_complete(document, NULL, "autosize",
                             "{\"type\":\"fit\",\"contains\":\"padding\"}");
    chart.spec = text_of(document);
    chart.theme = st_unconst(theme_of(arguments->theme));
    chart.use_container_width = at.width == 0 && !at.use_content_width;
    element.type_case = ST__ELEMENT__TYPE_VEGA_LITE_CHART;
    element.vega_lite_chart = &chart;
    draw(kind, &element, &at);
}

ST_EXPORT void
st_draw_vega_lite_chart(const struct st_vega_lite_chart *arguments)
{
    draw_vega_lite(ST_VEGA_LITE_CHART, "st_vega_lite_chart", arguments);
}

ST_EXPORT void st_draw_altair_chart(const struct st_vega_lite_chart *arguments)
{
    draw_vega_lite(ST_ALTAIR_CHART, "st_altair_chart", arguments);
}

/* ---- Plotly -------------------------------------------------------------- */

/* Options beside the chart itself: JSON, or NULL for none.
 * Errors: false: a complaint has been drawn. */
static bool is_object_or_null(const char *call, const char *argument,
                              const char *text, st_handle in)
{
    st_document *document =
        text ? st_json_read_object(call, argument, text, in) : NULL;
    bool is_good = !text || document;

    st_document_destroy(document);
    return is_good;
}

ST_EXPORT void st_draw_plotly_chart(const struct st_plotly_chart *arguments)
{
    St__PlotlyChart chart = ST__PLOTLY_CHART__INIT;
    St__Element element = ST__ELEMENT__INIT;
    const place at = PLACE_OF(arguments);
    st_document *document = NULL;

    if (is_object_or_null("st_plotly_chart", "config", arguments->config,
                          arguments->in))
        document = st_json_read_object("st_plotly_chart", "figure",
                                       arguments->figure, arguments->in);
    if (!document)
        return;
    /* Without one the front end looks into it all the same. */
    /* The front end completes it by the theme. */
    st_document_complete(document, "layout", "template", "{\"layout\": {}}");
    chart.spec = text_of(document);
    chart.config = st_unconst(arguments->config ? arguments->config : "{}");
    chart.theme = st_unconst(theme_of(arguments->theme));
    element.type_case = ST__ELEMENT__TYPE_PLOTLY_CHART;
    element.plotly_chart = &chart;
    draw(ST_PLOTLY_CHART, &element, &at);
}

/* ---- deck.gl ------------------------------------------------------------- */

/* An empty map: otherwise one is fetched from a server of somebody else. */
#define EMPTY_MAP                                                              \
    "\"data:application/json,"                                                 \
    "{\\\"version\\\":8,\\\"sources\\\":{},\\\"layers\\\":[]}\""

ST_EXPORT void st_draw_pydeck_chart(const struct st_pydeck_chart *arguments)
{
    St__DeckGlJsonChart chart = ST__DECK_GL_JSON_CHART__INIT;
    St__Element element = ST__ELEMENT__INIT;
    place at = PLACE_OF(arguments);
    st_document *document = NULL;

    if (is_object_or_null("st_pydeck_chart", "tooltip", arguments->tooltip,
                          arguments->in))
        document = st_json_read_object("st_pydeck_chart", "deck",
                                       arguments->deck, arguments->in);
    if (!document)
        return;
    st_document_complete(document, NULL, "mapStyle", EMPTY_MAP);
    chart.json = text_of(document);
    chart.tooltip = st_unconst(arguments->tooltip);
    element.type_case = ST__ELEMENT__TYPE_DECK_GL_JSON_CHART;
    element.deck_gl_json_chart = &chart;
    if (at.height == 0)
        at.height = 500;
    draw(ST_PYDECK_CHART, &element, &at);
}

/* ---- Bokeh --------------------------------------------------------------- */

/* A document that is served in "media/", beside "vendor/".  The item is a block
 * of data, which no policy takes for a script. */
static const char before_item[] =
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\">"
    "<style>body{margin:0}</style>"
    "<script src=\"../vendor/bokeh.min.js\"></script></head>"
    "<body><div id=\"chart\"></div>"
    "<script type=\"application/json\" id=\"item\">";
static const char after_item[] =
    "</script><script>"
    "Bokeh.embed.embed_item(JSON.parse("
    "document.getElementById(\"item\").textContent),\"chart\")"
    "</script></body></html>";

/* In JSON '<' stands in texts only, where it may be written otherwise: nothing
 * in the item can end its block, or begin a comment.
 * Errors: NULL: out of memory. */
static char *bokeh_page(const char *item)
{
    static const char less[] = "\\u003c";
    size_t size = sizeof before_item + sizeof after_item;
    char *page, *at;

    for (const char *from = item; *from; from++)
        size += *from == '<' ? sizeof less - 1 : 1;
    page = (char *)st_message_room(size);
    if (!page)
        return NULL;
    memcpy(page, before_item, sizeof before_item - 1);
    at = page + sizeof before_item - 1;
    for (; *item; item++) {
        size_t length = *item == '<' ? sizeof less - 1 : 1;

        memcpy(at, *item == '<' ? less : item, length);
        at += length;
    }
    memcpy(at, after_item, sizeof after_item);
    return page;
}

ST_EXPORT void st_draw_bokeh_chart(const struct st_bokeh_chart *arguments)
{
    St__IFrame frame = ST__IFRAME__INIT;
    St__Element element = ST__ELEMENT__INIT;
    place at = PLACE_OF(arguments);
    st_document *document = st_json_read_object("st_bokeh_chart", "item",
                                                arguments->item, arguments->in);

    if (!document)
        return;
    frame.type_case = ST__IFRAME__TYPE_SRCDOC;
    frame.srcdoc = bokeh_page(text_of(document));
    if (!frame.srcdoc)
        return;
    element.type_case = ST__ELEMENT__TYPE_IFRAME;
    element.iframe = &frame;
    if (at.height == 0)
        at.height = 600;
    at.use_content_width = false; /* a frame has none */
    draw(ST_BOKEH_CHART, &element, &at);
}
