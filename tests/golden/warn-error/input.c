/* A warning that -Werror makes an error. */
int setting;

// @memo
int scaled(int n)
{
    return n * setting;
}
