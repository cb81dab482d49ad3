/* Code that changes with the time of the build. */

// @memo(returns(static))
const char *build_date(void)
{
    return __DATE__ " " __TIME__;
}

// @memo
int counted(int n)
{
    return n + __COUNTER__;
}
