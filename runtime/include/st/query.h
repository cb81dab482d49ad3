/* st/query.h -- what stands behind '?' in the URL of the page.
 *
 *     const char *map = st_get_query_param("map");
 *     st_set_query_params("map", "europe", "layer", "1", "layer", "2");
 *
 * They stay as they are between runs.  Read inside of a memoized function they
 * are inputs of it; what it sets is set again on a hit.
 *
 * Shape:   UTF-8; what is none, and U+0000, is U+FFFD.
 * Owner:   what is returned lasts until the end of the run.
 * Threads: each has those of its own page; without one there are none, and
 *          nothing is set.
 */
#ifndef ST_QUERY_H
#define ST_QUERY_H

#ifdef __cplusplus
extern "C" {
#endif

/* The value of this name, of several ones the last; NULL: there is none. */
const char *st_get_query_param(const char *name);

/* All of them, in their order: a name, its value, the next name ..., NULL. */
const char *const *st_get_query_params(void);

/* Have these instead of all that there were: a name, its value, the next name
 * ...; one name may stand there several times.  NULL: none. */
#define st_set_query_params(...)                                               \
    st_store_query_params((const char *const[]){__VA_ARGS__, (const char *)0})
void st_store_query_params(const char *const *pairs);

/* As they were called once. */
#define st_experimental_get_query_params st_get_query_params
#define st_experimental_set_query_params st_set_query_params

#ifdef __cplusplus
}
#endif

#endif
