/* A function that every file has a copy of. */

// @memo(ttl=60)
static inline int half(int n)
{
    return n / 2;
}
