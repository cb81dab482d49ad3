/* An annotation that this configuration leaves out. */

// @memo
int used(int n)
{
    return n;
}

#ifdef ABSENT
// @memo
int left_out(int n)
{
    return n;
}
#endif
