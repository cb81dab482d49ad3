/* Expressions that have no value, or change one. */
struct box;
void no_value(const struct box *box);
unsigned long value(const struct box *box);

// @memo(hash(box, no_value))
int hashed(const struct box *box)
{
    return box != 0;
}

// @memo(ignore(box), key(no_value(box)))
int keyed(const struct box *box)
{
    return box != 0;
}

// @memo(key(x++))
int counts(int x)
{
    return x;
}

// @memo(cache_if=result = 3)
int assigns(int x)
{
    return x;
}

// @memo(cache_if=result == 3, key(x <= 3 != 0))
int compares(int x)
{
    return x;
}
