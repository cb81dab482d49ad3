/* cache.c -- `memogen cache`: words, stores, a command, what it says. */
#include "cache.h"

#include "cache_commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static gen_cache_runner *const runners[GEN_CACHE_COMMANDS] = {
    [GEN_CACHE_LS] = gen_cache_ls,
    [GEN_CACHE_SHOW] = gen_cache_show,
    [GEN_CACHE_STATS] = gen_cache_stats,
    [GEN_CACHE_CLEAR] = gen_cache_clear,
    [GEN_CACHE_VERIFY] = gen_cache_verify,
    [GEN_CACHE_PRUNE] = gen_cache_prune,
    [GEN_CACHE_EXPORT] = gen_cache_export,
    [GEN_CACHE_IMPORT] = gen_cache_import,
};

static uint64_t find_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool write_out(const gen_text *text)
{
    if ((text->size == 0 ||
         fwrite(text->data, 1, text->size, stdout) == text->size) &&
        fflush(stdout) == 0)
        return true;
    gen_cache_fail("cannot write to the standard output");
    return false;
}

static int run_command(gen_cache_run *run)
{
    int code;

    /* The store asks the environment where its server is. */
    if (run->options.redis && setenv("MEMO_REDIS_URL", run->options.redis, 1))
        return gen_cache_fail("out of memory");
    if (run->options.command != GEN_CACHE_IMPORT)
        gen_cache_open(run);
    code = runners[run->options.command](run);
    gen_cache_close(run);
    if (!write_out(&run->out) || run->has_failed)
        return GEN_CACHE_USAGE;
    return code;
}

int gen_cache(int argc, char *const argv[])
{
    gen_cache_run run = {.arena = gen_arena_create(), .now_ns = find_now()};
    const char *error = NULL;
    int code = 0;

    if (!gen_cache_options_parse(&run.options, run.arena, argc, argv, &error))
        code = gen_cache_fail("%s", error);
    else if (run.options.wants_help)
        gen_cache_options_print_help(stdout, &run.options);
    else
        code = run_command(&run);
    gen_text_finish(&run.out);
    gen_arena_destroy(run.arena);
    return code;
}
