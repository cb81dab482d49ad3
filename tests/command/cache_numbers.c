/* cache_numbers.c -- a program with something to keep.
 *
 *     cache_numbers COUNT      compute so many numbers
 *     cache_numbers COUNT MS   again and again for so long
 */
#include <memo.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct point {
    int x;
    double y;
};

// @memo(persist="disk")
static int square(int n)
{
    return n * n;
}

// @memo(persist="disk", persist_ttl, ttl="1d")
static double weigh(const char *name, struct point point)
{
    return (double)strlen(name) * point.x + point.y;
}

// @memo(persist="dir")
static char *greet(const char *name)
{
    char *text = malloc(strlen(name) + 8);

    if (text)
        sprintf(text, "Hello %s!", name);
    return text;
}

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compute(int count, double *sum)
{
    char *text = greet("World");
    int is_right = text && strcmp(text, "Hello World!") == 0;

    for (int i = 0; i < count; i++) {
        is_right = is_right && square(i) == i * i;
        *sum += square(i);
    }
    free(text);
    *sum += weigh("a\033[31mb\"\n", (struct point){3, 0.5});
    return is_right;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 3;
    double until = now_ms() + (argc > 2 ? atof(argv[2]) : 0), sum;
    int is_right = 1;

    do {
        sum = 0;
        is_right = compute(count, &sum) && is_right;
        if (argc > 2)
            (void)memo_clear_args(square, 1);
    } while (now_ms() < until);
    printf("%g\n", sum);
    (void)memo_flush();
    return is_right ? EXIT_SUCCESS : EXIT_FAILURE;
}
