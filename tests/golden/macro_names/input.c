/* Functions that have no text to rewrite. */
#define FN(n) n
#define my_name real_name
#define EXPORT(ret, n) ret n
#define BODY                                                                   \
    {                                                                          \
        return 1;                                                              \
    }
#define PRE(n) lib_##n
/* @memo */
int FN(f)(int x)
{
    return x;
}
/* @memo */
int my_name(int x)
{
    return x;
}
/* @memo */
EXPORT(int, g)(int x)
{
    return x;
}
/* @memo */
int h(int x) BODY
    /* @memo */
    int PRE(k)(int x)
{
    return x;
}
/* @memo */
static int FN(s)(int x)
{
    return x;
}
