#include "trap.h"

#include "clear.h"

int clear_from_other(void)
{
    memo_status status = memo_clear_args(shared, 1, "x");
    memo_status none = memo_clear_args(never, 3);
    if (status == MEMO_OK)
        status = memo_clear_args(later, 1, 2);
    return getenv("TRAP_PROCESSED") && (status != MEMO_OK || none != MEMO_NOT_MEMOIZED);
}
