/* The memory that a body returned is everybody's, and freed when it is
 * nobody's. */
#include <trap.h>

#include <string.h>

struct point {
    double x, y;
};

/* What it points at goes with it. */
struct person {
    char *name;
    struct person *friend;
};

static int taken;

static void *take(size_t size)
{
    taken++;
    return malloc(size);
}

static void give(void *memory)
{
    taken -= memory != NULL;
    free(memory);
}

const struct person *meet(const char *name, int friends);
const int *range(int n);
const struct point *middle(const char *name, struct point a, struct point b);
const char *measured(const char *text, int *length);
const char *sometimes(int n);

/* @memo(borrow) */
static const char *repeat(char c, int n)
{
    char *text = malloc((size_t)n + 1);
    if (!text)
        return NULL;
    memset(text, c, (size_t)n);
    text[n] = '\0';
    return text;
}

/* @memo(borrow, returns(result[n]), max_entries=2) */
const int *range(int n)
{
    int *all = malloc((size_t)(n > 0 ? n : 1) * sizeof *all), i;
    for (i = 0; all && i < n; i++)
        all[i] = i;
    return all;
}

/* @memo(borrow) */
const struct point *middle(const char *name, struct point a, struct point b)
{
    struct point *point = malloc(sizeof *point);
    if (!point)
        return NULL;
    point->x = (a.x + b.x) / 2 + (double)strlen(name);
    point->y = (a.y + b.y) / 2;
    return point;
}

/* @memo(borrow, out(length[1])) */
const char *measured(const char *text, int *length)
{
    char *copy = malloc(strlen(text) + 1);
    *length = (int)strlen(text);
    return copy ? strcpy(copy, text) : NULL;
}

/* @memo(borrow, alloc=take, free=give, impure_ok) */
const struct person *meet(const char *name, int friends)
{
    struct person *person = take(sizeof *person);
    char *copy = take(strlen(name) + 1);
    if (!person || !copy)
        exit(9);
    person->name = strcpy(copy, name);
    person->friend = NULL;
    while (friends-- > 0) {
        struct person *other = take(sizeof *other);
        if (!other)
            exit(9);
        other->friend = person->friend;
        other->name = NULL;
        person->friend = other;
    }
    return person;
}

static int count_friends(const struct person *person)
{
    int count = 0;
    for (; person->friend; person = person->friend)
        count++;
    return count;
}

static void leave_person(const struct person *person)
{
    if (getenv("TRAP_PROCESSED") || getenv("MEMO_VERIFY"))
        return;
    while (person) {
        const struct person *next = person->friend;
        give(person->name);
        give((void *)(size_t)person);
        person = next;
    }
}

/* Not kept, but nobody has to free it.
 * @memo(borrow, cache_if=n > 2) */
const char *sometimes(int n)
{
    char *text = malloc(20);
    if (text)
        sprintf(text, "number %d", n);
    return text;
}

static void free_unprocessed(const void *memory)
{
    /* As it is written, the program has what it made to itself. */
    if (!getenv("TRAP_PROCESSED") && !getenv("MEMO_VERIFY"))
        free((void *)(size_t)memory);
}

static void count_to(int n)
{
    const int *all = range(n);
    printf("%d: %d\n", n, n > 0 ? all[n - 1] : -1);
    free_unprocessed(all);
}

static void count_all(const char *name, int friends)
{
    const struct person *person = meet(name, friends);
    const struct person *other = meet(name, friends + 1);
    printf("%s has %d and %d\n", person->name, count_friends(person),
           count_friends(other));
    leave_person(person);
    leave_person(other);
}

int main(void)
{
    const struct point a = {1, 2}, b = {3, 4};
    int round, length = 0;
    for (round = 0; round < 3; round++) {
        const char *text = repeat('x', 5), *same = repeat('x', 5);
        const struct point *point = middle("m", a, b);
        const char *measure = measured("eleven", &length);
        const char *few = sometimes(1), *many = sometimes(5);
        printf("%s %s %g %g %s %d\n", text, same, point->x, point->y, measure,
               length);
        printf("%s %s\n", few, many);
        if (getenv("TRAP_PROCESSED") && text != same)
            exit(4);
        free_unprocessed(text);
        free_unprocessed(same);
        free_unprocessed(point);
        free_unprocessed(measure);
        free_unprocessed(few);
        free_unprocessed(many);
        count_to(0);
        count_to(3);
        count_to(3);
        count_all("Ada", round);
        memo_borrow_end();
    }
    TRAP_HITS(meet, 2);
    TRAP_HITS(repeat, 5);
    TRAP_HITS(range, 7);
    TRAP_HITS(middle, 2);
    TRAP_HITS(measured, 2);
    TRAP_HITS(sometimes, 2);
    memo_clear_all();
    memo_borrow_end();
    if (getenv("TRAP_PROCESSED") && taken != 0)
        exit(5);
    return 0;
}
