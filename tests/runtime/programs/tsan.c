/* A program made with ThreadSanitizer that uses a library made without it: it
 * must not be told of races that there are none. */
#include "../cache/fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 4
#define CALLS 5000

static struct memo_function words = {WORD_FUNCTION("words"), .max_entries = 9};
static struct memo_function names = {NAME_FUNCTION("names"), .max_entries = 20};
static struct memo_function texts = {TEXT_FUNCTION("texts"), .max_bytes = 4000};
static struct memo_function fills = {FILL_FUNCTION("fills"), .ttl_ns = 50};
static struct memo_function places = {
    .abi = MEMO_ABI,
    .name = "places",
    .file = "tsan.c",
    .line = 1,
    .parameter_count = 1,
    .parameters = int_parameter,
    .result_kind = MEMO_RESULT_VALUE,
    .word_count = 1,
    .result_type = &address_type,
    .max_entries = 20,
    .options = "",
    .version = "",
};

static long square(int n)
{
    return (long)n * n;
}

/* Long enough for the library to call memcpy() and its like. */
static char *name_of(int n)
{
    char *name = malloc(200);

    if (name)
        snprintf(name, 200, "%150d", n);
    return name;
}

static int count_bytes(const char *text)
{
    return (int)strlen(text);
}

static void fill(int n, int *out)
{
    for (int i = 0; i < n; i++)
        out[i] = n * i;
}

/* returns(static): what everybody reads was written by one. */
static struct place {
    int number;
} all_places[40][CALLS];
static _Atomic int next_place[40];

static long find_place(int n)
{
    struct place *place = &all_places[n][next_place[n]++ % CALLS];

    place->number = n;
    return (long)place;
}

static void check(int is_right)
{
    if (!is_right)
        abort();
}

static void call_all(int n)
{
    char *name = call_name(&names, name_of, n);
    int out[200];

    check(name && atoi(name) == n);
    check(call_text(&texts, count_bytes, name) == 150);
    free(name);
    call_fill(&fills, fill, n, out);
    check(n < 3 || out[2] == 2 * n);
    check(call_word(&words, square, n) == (long)n * n);
    check(((struct place *)call_word(&places, find_place, n))->number == n);
}

static void disturb(int n)
{
    memo_config config = settings();

    test_time += 10;
    config.clock = read_test_time;
    config.max_bytes = 100000 + (memo_u64)n * 1000;
    memo_config_set(&config);
    memo_clear_words(&words, 3, 0);
    check(stats_of(&names).entries <= 20);
    if (n % 10 == 0)
        memo_clear_all();
}

static void *call_at_random(void *seed)
{
    unsigned state = *(unsigned *)seed;

    for (int i = 0; i < CALLS; i++) {
        state = state * 1103515245u + 12345u;
        call_all((int)(state >> 16) % 40);
        if (i % 100 == 0)
            disturb((int)(state >> 16) % 40);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    unsigned seeds[THREADS];

    for (unsigned i = 0; i < THREADS; i++) {
        seeds[i] = i * 7919;
        pthread_create(&threads[i], NULL, call_at_random, &seeds[i]);
    }
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
