/* plain.h -- a page as text for a terminal. */
#ifndef ST_WIDGETS_PLAIN_H
#define ST_WIDGETS_PLAIN_H

#include "elements/page.h"

#include <stdio.h>

/* All that the last run has drawn. */
void st_plain_page(FILE *out, const st_page *page);

#endif
