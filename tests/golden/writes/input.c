/* Clauses that say a parameter is only read. */
#include <string.h>

struct node {
    int value;
    struct {
        int deep[2];
    } in;
};

// @memo(in(p[2]))
int star(int *p)
{
    *p = 4;
    return p[1];
}

// @memo(deref(p))
int member(struct node *p)
{
    p->in.deep[1]++;
    return p->value;
}

// @memo(in(p[n]))
int moves(int *p, int n)
{
    int sum = 0;
    while (n--)
        *p++ += sum;
    return sum;
}

// @memo(string(p))
int text(char *p)
{
    (p)[strlen(p) - 1] = '\0';
    return p[0];
}

// @memo(in(p[2]))
int nested(int p[2])
{
    --*(p + 1);
    return p[0];
}

// @memo(in(p[2]), in(q[2]))
int reads(int *p, int *q)
{
    int *end = &p[1], sum = 0, local[2] = {0, 0};
    q++;
    for (; p <= end; p++)
        sum += *p == 1 ? p[0] : -*p;
    local[*q & 1] = *q;
    local[p[-1] & 1]++;
    memcpy(local, &q[-1], sizeof local);
    return sum + local[0] + (int)sizeof *p;
}

// @memo(inout(p[1]), ignore(q))
int may(int *p, int *q)
{
    *q = *p;
    return (*p)++;
}

// @memo(in(p[1]), impure_ok(p))
int accepted(int *p)
{
    *p = 1;
    return 1;
}
