/* Functions that cannot have a wrapper. */
#define DEFINE(name) int name(int n) { return n; }
#define BEGIN {

// @memo
int variadic(const char *format, ...)
{
    return format[0];
}

// @memo
int old_style(n) int n;
{
    return n;
}

// @memo
struct made { int n; } type_in_head(int n)
{
    struct made made = {n};
    return made;
}

// @memo
DEFINE(from_macro)

// @memo
int brace_from_macro(int n)
BEGIN
    return n;
}

// @memo
int no_name(int)
{
    return 1;
}

// @memo
int reserved_name(int memo_size)
{
    return memo_size;
}

// @memo
int main(void)
{
    return 0;
}
