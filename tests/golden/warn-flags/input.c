/* The database holds another file only. */

// @memo
int scaled(int n)
{
    return n * FACTOR;
}
