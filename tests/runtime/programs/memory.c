/* Whenever memory runs out, calls compute what they always do.
 *
 * A child does a bit of everything while its n-th allocation fails, or all
 * from there on; for every n, until none fails.  The linker sends malloc() and
 * its like here (--wrap). */
#include "../cache/fixture.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static long until_failure; /* allocations up to one that fails */
static bool goes_on_failing, has_failed;

static bool fails(void)
{
    if (until_failure > 1) {
        until_failure--;
        return false;
    }
    if (until_failure == 0 || (has_failed && !goes_on_failing))
        return false;
    has_failed = true;
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

static void check(bool is_right, const char *what)
{
    if (is_right)
        return;
    fprintf(stderr, "wrong: %s\n", what);
    _exit(1);
}

/* ---- functions ---------------------------------------------------------- */

static struct memo_unit unit;
static struct memo_function words = {WORD_FUNCTION("words"), .unit = &unit};
static struct memo_function recent = {WORD_FUNCTION("recent"), .max_entries = 3,
                                      .ttl_ns = (memo_u64)3600 * 1000000000u};
static struct memo_function texts = {TEXT_FUNCTION("texts"), .unit = &unit};
static struct memo_function names = {NAME_FUNCTION("names"), .max_entries = 5};
static struct memo_function fills = {FILL_FUNCTION("fills"), .max_bytes = 1000};

static long sum_up(int n)
{
    return n <= 0 ? 0 : n + call_word(&words, sum_up, n - 1);
}

static long square(int n)
{
    return (long)n * n;
}

static int count_bytes(const char *text)
{
    return (int)strlen(text);
}

static char *name_of(int n)
{
    char *name = __real_malloc(40);

    if (name)
        snprintf(name, 40, "number %d", n);
    return name;
}

/* With MEMO_VERIFY the pattern of an output must not be left behind. */
static void fill(int n, int *out)
{
    for (int i = 1; i < n; i++)
        out[i] = n * i;
}

/* ---- the work ----------------------------------------------------------- */

static void call_all(int n)
{
    char expected[40], *name = call_name(&names, name_of, n);
    int out[10] = {-1};

    snprintf(expected, sizeof expected, "number %d", n);
    check(name && strcmp(name, expected) == 0, "a text");
    free(name);
    check(call_word(&words, sum_up, n) == n * (n + 1) / 2, "a sum");
    check(call_word(&recent, square, n) == (long)n * n, "a square");
    check(call_text(&texts, count_bytes, expected) == (int)strlen(expected),
          "a length");
    call_fill(&fills, fill, 4, out);
    check(out[0] == -1 && out[3] == 12 && out[4] == 0, "an output");
}

static int add_calls(void *calls, const memo_function_info *info)
{
    *(memo_u64 *)calls += info->stats.calls;
    return 0;
}

static void work(void)
{
    memo_config config;
    memo_u64 calls = 0;

    for (int n = 0; n < 80; n++)
        call_all(n % 40);
    memo_clear_words(&words, 3, 0);
    memo_clear_function(NULL, "texts");
    call_all(3);
    memo_each_function(add_calls, &calls);
    memo_config_get(&config);
    config.verify = 1;
    config.log_level = MEMO_LOG_OFF;
    memo_config_set(&config);
    for (int n = 0; n < 4; n++)
        call_all(n);
    config.verify = 0;
    config.max_bytes = 20000;
    memo_config_set(&config);
    memo_clear_all();
    for (int n = 0; n < 40; n++)
        call_all(n);
    memo_unload(&unit);
    call_all(1);
}

/* Does the n-th allocation exist?  Then what comes of its failure is right. */
static bool work_in_child(long n, bool goes_on)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        until_failure = n;
        goes_on_failing = goes_on;
        if (freopen("/dev/null", "w", stdout) == NULL)
            _exit(1);
        work();
        exit(has_failed ? 0 : 2);
    }
    check(waitpid(child, &status, 0) == child && WIFEXITED(status) &&
              WEXITSTATUS(status) != 1 && WEXITSTATUS(status) <= 2,
          "the end of a child");
    return WEXITSTATUS(status) == 0;
}

int main(void)
{
    long n = 1;

    setenv("MEMO_LOG", "off", 1);
    while (work_in_child(n, false) && work_in_child(n, true))
        n += n < 60 ? 1 : 1 + n / 60;
    printf("%ld allocations\n", n);
    return n < 100;
}
