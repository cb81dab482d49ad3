#include <memo.h>

/* @memo(persist="disk") */
int cube(int n)
{
    return n * n * n;
}

int main(void)
{
    return cube(3) == 27 && memo_flush() == MEMO_OK ? 0 : 1;
}
