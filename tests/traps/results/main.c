/* Results that are pointers. */
#include "trap.h"

#include <stddef.h>
#include <string.h>

struct node {
    int id;
    double weight;
};
typedef struct {
    char name[8];
} label;

// @memo(returns(result[n]))
static int *count_to(int n)
{
    int *made = malloc(sizeof *made * (size_t)(n > 0 ? n : 1));
    for (int i = 0; i < n; i++)
        made[i] = i;
    return made;
}
// @memo
static struct node *make(int id)
{
    struct node *made = malloc(sizeof *made);
    memset(made, id, sizeof *made);
    made->id = id;
    made->weight = id / 2.0;
    return made;
}
// @memo
static label *name(int id)
{
    label *made = calloc(1, sizeof *made);
    made->name[0] = (char)('a' + id);
    return made;
}
// @memo(returns(static))
static const char *colour(int id)
{
    return id ? "red" : "blue";
}
// @memo(returns(static))
static const struct node *shared(int id)
{
    static const struct node nodes[2] = {{1, 2}, {3, 4}};
    return &nodes[id];
}
// @memo(returns(result[*n + 1]), out(n[1]))
static double *sized(int seed, size_t *n)
{
    double *made;
    *n = (size_t)seed;
    made = calloc(*n + 1, sizeof *made);
    made[seed] = seed;
    return made;
}
// @memo(cache_if=result != NULL && result->id > 1)
static struct node *choosy(int id)
{
    return id ? make(id) : NULL;
}
// @memo(cache_if=result >= 0)
static int sign(int x)
{
    return x - 5;
}
// @memo(cache_if=x > 1)
static int parameter_alone(int x)
{
    return x;
}

int main(void)
{
    for (int round = 0; round < 2; round++) {
        int *numbers = count_to(5), *none = count_to(0);
        struct node *node = make(7), *chosen = choosy(3), *not = choosy(1);
        label *l = name(2);
        size_t n = 0;
        double *ds = sized(4, &n);
        printf("%d %d %d\n", numbers[4], none != NULL, numbers[0]);
        printf("%d %g %s\n", node->id, node->weight, l->name);
        printf("%s %s %g\n", colour(0), colour(1), shared(1)->weight);
        printf("%zu %g\n", n, ds[4]);
        printf("%d %d %d\n", chosen->id, not->id, choosy(0) == NULL);
        printf("%d %d\n", sign(3), sign(8));
        printf("%d %d\n", parameter_alone(1), parameter_alone(2));
        numbers[4] = -1;
        free(numbers);
        free(none);
        free(node);
        free(chosen);
        free(not);
        free(l);
        free(ds);
    }
    TRAP_HITS(count_to, 2);
    TRAP_HITS(name, 1);
    TRAP_HITS(colour, 2);
    TRAP_HITS(shared, 1);
    TRAP_HITS(sized, 1);
    TRAP_HITS(choosy, 1);
    TRAP_HITS(sign, 1);
    TRAP_HITS(parameter_alone, 1);
    return 0;
}
