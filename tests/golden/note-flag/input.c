/* A flag that only another compiler knows. */

// @memo
int used(int n)
{
    return n;
}
