/* What is never freed and never changes is handed out as it is. */

// @memo(returns(static))
const char *month_name(int month)
{
    static const char *const names[] = {"January", "February", "March"};

    return month >= 0 && month < 3 ? names[month] : "later";
}
