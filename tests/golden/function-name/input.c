/* The body still calls itself by its own name. */

extern void report(const char *function, int value);

// @memo
int loud(int n)
{
    report(__func__, n);
    return n;
}
