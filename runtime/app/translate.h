/* translate.h -- what a server sends otherwise than the page has it.
 *
 * What st_components_html() and Bokeh draw comes with scripts.  The front end
 * would put it into its own document, whose policy forbids scripts, for good
 * reasons.  So it becomes a document behind a URL, which the server sends with
 * a policy of its own: scripts run, in an origin of their own, and reach
 * nothing.  A page of another server stands in such a document as well, whose
 * policy names that server.
 *
 * A field for files takes none that the server refuses.
 */
#ifndef ST_APP_TRANSLATE_H
#define ST_APP_TRANSLATE_H

#include "elements/page.h"

/* Put others in place of a node's bytes, if need be; those are the page's, up
 * to its next run. */
void st_translate(st_page *page, const st_node *node, unsigned most_megabytes,
                  const unsigned char **bytes, size_t *size);

/* Types of such documents: HTML, and behind it the origin of the server that it
 * frames. */
#define ST_FRAME_MIME "text/html"
#define ST_FRAME_ORIGIN "; frame="

/* Has a URL of http or https an origin, "https://host:port"?  Writes it down:
 * nothing that a policy would read as more than one origin. */
#define ST_ORIGIN_SIZE 300
bool st_frame_origin(char *out, const char *url);

#endif
