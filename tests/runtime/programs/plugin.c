/* A shared object with a memoized function, as memogen writes it. */
#include "../cache/fixture.h"

#include "unload.h"

static struct memo_unit unit;
static struct memo_function words = {WORD_FUNCTION("plugin_word"),
                                     .ttl_ns = 3600u * (memo_u64)1000000000,
                                     .unit = &unit};
static struct memo_function texts = {TEXT_FUNCTION("plugin_text"),
                                     .unit = &unit};
static int runs;

static void unload_unit(void) __attribute__((destructor));

static void unload_unit(void)
{
    memo_unload(&unit);
}

static long twice(int n)
{
    runs++;
    return 2 * (long)n;
}

static int count_bytes(const char *text)
{
    runs++;
    return (int)strlen(text);
}

static long call(int n)
{
    char text[] = {(char)('a' + n % 26), (char)('a' + n / 26 % 26), '\0'};

    return call_word(&words, twice, n) + call_text(&texts, count_bytes, text);
}

static int count_runs(void)
{
    return runs;
}

const struct plugin plugin = {call, count_runs};
