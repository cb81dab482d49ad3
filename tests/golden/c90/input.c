/* An old standard, declarations first. */

struct rate {
    int amount;
    unsigned is_fixed : 1;
};

int table[4] = {1, 2, 3, 5};

/* @memo(impure_ok(table)) */
int look_up(int index)
{
    return table[index & 3];
}

/* @memo(in(values[count])) */
long sum(const int *values, int count)
{
    long total = 0;
    int i;

    for (i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* @memo */
struct rate double_rate(struct rate rate)
{
    rate.amount *= 2;
    return rate;
}
