/* st.h -- pages, drawn by C functions.
 *
 *     #include <st.h>
 *
 *     // @memo(allow_widgets)
 *     static int plus_one(int x)
 *     {
 *         if (!st_checkbox("Nuke the value"))
 *             return x + 1;
 *         st_write("Value was nuked, returning 0");
 *         return 0;
 *     }
 *
 * What a memoized function draws is drawn again on a hit; the values of widgets
 * in it are inputs.
 */
#ifndef ST_H
#define ST_H

#include "st/config.h"
#include "st/elements.h"
#include "st/json_charts.h"
#include "st/media.h"
#include "st/page.h"
#include "st/query.h"
#include "st/report.h"
#include "st/status.h"
#include "st/widgets.h"

#endif
