/* What callers see moves to the wrapper, what shapes the code stays. */

#define PUBLIC __attribute__((visibility("default")))
#define FAST __attribute__((hot, noinline))

// @memo
PUBLIC __attribute__((warn_unused_result)) int load(int n)
{
    return n + 1;
}

// @memo
__attribute__((nonnull, noinline)) FAST int length(const char *text)
{
    int size = 0;

    while (text[size])
        size++;
    return size;
}

int weigh(int n) __attribute__((weak, cold));

// @memo
int weigh(int n)
{
    return n;
}
