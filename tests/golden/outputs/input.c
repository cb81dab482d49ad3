/* What a pointer points at is read, written, or both. */
#include <stddef.h>

struct range {
    int low, high;
};

// @memo(in(values[count]), out(range[1]))
void find_range(const int *values, size_t count, struct range *range)
{
    range->low = range->high = count ? values[0] : 0;
    for (size_t i = 1; i < count; i++) {
        if (values[i] < range->low)
            range->low = values[i];
        if (values[i] > range->high)
            range->high = values[i];
    }
}

// @memo(inout(values[count]))
void scale(double *values, int count, double factor)
{
    for (int i = 0; i < count; i++)
        values[i] *= factor;
}

// @memo(out(primes[result]), deref(range))
int list_primes(int *primes, const struct range *range)
{
    int count = 0;

    for (int i = range->low; i < range->high; i++)
        if (i == 2 || i % 2)
            primes[count++] = i;
    return count;
}

// @memo(in(bytes[size]))
int parity(const void *bytes, size_t size)
{
    return size ? *(const char *)bytes & 1 : 0;
}
