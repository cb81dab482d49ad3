/* st/json_charts.h -- charts that JSON describes, as the libraries of others
 * write it.
 *
 *     st_vega_lite_chart("{\"mark\": \"bar\", \"data\": ...}");
 *     st_plotly_chart(figure, .height = 300);
 *
 * The texts are checked: an exception element tells line and column of what is
 * no JSON, and the run goes on.  Of what the description leaves out, what the
 * front end cannot do without is filled in; otherwise it goes there as it is.
 *
 * Threads: each draws on its own page; without one nothing is drawn.
 */
#ifndef ST_JSON_CHARTS_H
#define ST_JSON_CHARTS_H

#include "st/page.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What all of them take.  Charts are as wide as there is room, but for those of
 * Vega-Lite that consist of others: these are as wide as they say.
 * Units: pixels; 0: as said above; as high as the chart says. */
#define ST_CHART_ARGUMENTS                                                     \
    unsigned width, height;                                                    \
    bool use_container_width, use_content_width;                               \
    st_handle in

struct st_vega_lite_chart {
    const char *spec;  /* with its data in it */
    const char *theme; /* NULL: "streamlit"; "": its own */
    ST_CHART_ARGUMENTS;
};

/* A chart of Vega-Lite; one that Altair has written, which is the same. */
#define st_vega_lite_chart(...)                                                \
    st_draw_vega_lite_chart(&(struct st_vega_lite_chart){.spec = __VA_ARGS__})
#define st_altair_chart(...)                                                   \
    st_draw_altair_chart(&(struct st_vega_lite_chart){.spec = __VA_ARGS__})
void st_draw_vega_lite_chart(const struct st_vega_lite_chart *arguments);
void st_draw_altair_chart(const struct st_vega_lite_chart *arguments);

struct st_plotly_chart {
    const char *figure; /* {"data": [...], "layout": {...}} */
    const char *config; /* what Plotly calls so; NULL: {} */
    const char *theme;  /* NULL: "streamlit"; "": its own */
    ST_CHART_ARGUMENTS;
};

#define st_plotly_chart(...)                                                   \
    st_draw_plotly_chart(&(struct st_plotly_chart){.figure = __VA_ARGS__})
void st_draw_plotly_chart(const struct st_plotly_chart *arguments);

struct st_pydeck_chart {
    const char *deck;    /* of deck.gl; without a mapStyle there is no map */
    const char *tooltip; /* JSON; NULL: none */
    ST_CHART_ARGUMENTS;  /* 500 high */
};

#define st_pydeck_chart(...)                                                   \
    st_draw_pydeck_chart(&(struct st_pydeck_chart){.deck = __VA_ARGS__})
void st_draw_pydeck_chart(const struct st_pydeck_chart *arguments);

struct st_bokeh_chart {
    const char *item;   /* as bokeh.embed.json_item() writes it */
    ST_CHART_ARGUMENTS; /* 600 high */
};

/* A chart of Bokeh, in a frame of its own. */
#define st_bokeh_chart(...)                                                    \
    st_draw_bokeh_chart(&(struct st_bokeh_chart){.item = __VA_ARGS__})
void st_draw_bokeh_chart(const struct st_bokeh_chart *arguments);

#ifdef __cplusplus
}
#endif

#endif
