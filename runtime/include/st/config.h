/* st/config.h -- the page as a whole: its title, its layout.
 *
 *     st_set_page_config(.title = "Rods", .icon = "🔥", .layout = ST_WIDE);
 */
#ifndef ST_CONFIG_H
#define ST_CONFIG_H

#ifdef __cplusplus
extern "C" {
#endif

/* How wide the page is: as the last one that was said, a column in the middle,
 * the whole window. */
typedef enum st_layout { ST_LAYOUT_AS_IT_IS, ST_CENTERED, ST_WIDE } st_layout;

/* The bar at the side when the page is opened: as it was, shown where there is
 * room for it, shown, not shown. */
typedef enum st_sidebar_state {
    ST_SIDEBAR_AS_IT_IS,
    ST_SIDEBAR_AUTO,
    ST_SIDEBAR_EXPANDED,
    ST_SIDEBAR_COLLAPSED
} st_sidebar_state;

/* Zero leaves a thing as it is. */
struct st_page_config {
    const char *title; /* of the browser's tab */
    const char *icon;  /* an emoji, ":material/home:", a URL of the server's */
    st_layout layout;
    st_sidebar_state initial_sidebar_state;
};

/* May be said at any time, and again; memoized functions say it again on a hit.
 * Harnesses and terminals show nothing of it. */
#define st_set_page_config(...)                                                \
    st_draw_page_config(&(struct st_page_config){__VA_ARGS__})
void st_draw_page_config(const struct st_page_config *arguments);

#ifdef __cplusplus
}
#endif

#endif
