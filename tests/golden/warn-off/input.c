/* A warning that is switched off. */
int setting;

// @memo
int scaled(int n)
{
    return n * setting;
}
