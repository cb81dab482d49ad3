/* fail.h -- describe a failure; what the library offers to others. */
#ifndef ST_ELEMENTS_FAIL_H
#define ST_ELEMENTS_FAIL_H

#include "st/status.h"

#define ST_EXPORT __attribute__((visibility("default")))

/* Describe a failure and return `status`, so that failing takes one line:
 *     return st_explain(error, ST_BAD_DATA, "line %zu: ...", line);
 * Shape: `error` may be NULL. */
__attribute__((format(printf, 3, 4))) st_status
st_explain(st_failure *error, st_status status, const char *format, ...);

#endif
