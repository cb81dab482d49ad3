int area(int n);

/* @memo */
int area(int n)
{
    return n * 2;
}
