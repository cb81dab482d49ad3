/* The generated text without #line. */

// @memo
int square(int n)
{
    return n * n;
}
