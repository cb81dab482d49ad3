#include "memo/status.h"

#include "base/export.h"
#include "memo/stats.h"

MEMO_EXPORT const char *memo_status_text(memo_status status)
{
    static const char *const texts[] = {
#define TEXT(name, text) [name] = text,
        MEMO_STATUSES(TEXT)
#undef TEXT
    };

    return (unsigned)status < MEMO_STATUS_COUNT ? texts[status]
                                                : "unknown status";
}

MEMO_EXPORT const char *memo_reason_text(memo_reason reason)
{
    static const char *const texts[] = {
#define TEXT(name, text) [name] = text,
        MEMO_REASONS(TEXT)
#undef TEXT
    };

    return (unsigned)reason < MEMO_REASON_COUNT ? texts[reason]
                                                : "unknown reason";
}
