#include "st/status.h"

#include "elements/fail.h"

#include <stdarg.h>
#include <stdio.h>

ST_EXPORT const char *st_status_text(st_status status)
{
    static const char *const texts[] = {
#define ST_STATUS_TEXT(name, text) [name] = text,
        ST_STATUSES(ST_STATUS_TEXT)
#undef ST_STATUS_TEXT
    };

    return (unsigned)status < ST_STATUS_COUNT ? texts[status]
                                              : "unknown status";
}

st_status st_explain(st_failure *error, st_status status, const char *format,
                     ...)
{
    va_list arguments;

    if (!error)
        return status;
    error->status = status;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return status;
}
