/* What the files of the program know of each other. */
#include <stdlib.h>

typedef int operation(int n);

extern operation *const operations[2];
extern int weights[2];

int helper(int n);
int odd(int n);
int preferred(int n);
int unseen(int n);

static inline int brighten(int n)
{
    return n + 1;
}
