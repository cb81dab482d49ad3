/* Limits, further inputs, and what is worth keeping. */

extern int precision;

// @memo(ttl="1d12h", max_entries=1000, max_bytes=64MB)
double exchange(int currency)
{
    return currency * 1.1;
}

// @memo(cache_if=result > 0 && width > 0)
int area(int width, int height)
{
    return width * height;
}

// @memo(key(precision, precision / 2), impure_ok(precision))
double rounded(double value)
{
    return value * precision;
}

// @memo(depends("/etc/hosts", path), version="2")
int hosts(const char *path)
{
    return path ? 1 : 0;
}

// @memo(code=ignore, impure_ok)
int legacy(int n)
{
    return n + precision;
}

// @memo(show_spinner="Loading \"it\"", allow_widgets)
int with_spinner(int n) { return n; }

// @memo(show_spinner=false, suppress_st_warning)
int without_spinner(int n) { return n; }
