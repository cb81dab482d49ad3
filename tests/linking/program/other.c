#include "load.h"

int other(int n);

static int twin(int n)
{
    return n + 51;
}

int other(int n)
{
    return twin(n);
}
