/* Load and unload a shared object with memoized functions, while other threads
 * go on.
 *
 *     unload PLUGIN
 *
 * With LINKS_LIBRARY the library is the program's as well, and stays; else it
 * comes and goes with the plugin. */
#include "unload.h"

#ifdef LINKS_LIBRARY
#include "../cache/fixture.h"
#endif

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 20

static void check(int is_right, const char *what)
{
    if (is_right)
        return;
    fprintf(stderr, "wrong: %s\n", what);
    exit(1);
}

#ifdef LINKS_LIBRARY
static struct memo_function own = {WORD_FUNCTION("own")};
static atomic_bool is_stopping;

static long negate(int n)
{
    return -(long)n;
}

static void *call_own(void *unused)
{
    for (int n = 0; !atomic_load(&is_stopping); n = (n + 1) % 1000)
        check(call_word(&own, negate, n) == -n, "a result of the program's");
    return unused;
}

static int count(void *context, const memo_function_info *info)
{
    check(info->name && info->file, "the name of a function");
    ++*(int *)context;
    return 0;
}

static void check_functions(int expected)
{
    int functions = 0;

    memo_each_function(count, &functions);
    check(functions == expected, "the number of functions");
}
#else
static void check_functions(int expected)
{
    (void)expected;
}
#endif

static void *call_some(void *loaded)
{
    const struct plugin *used = loaded;

    for (int i = 0; i < 2000; i++)
        check(used->call(i % 100) == 2 * (i % 100) + 2, "a result");
    return NULL;
}

/* A thread that stays when the plugin, and maybe the library, has gone. */
static pthread_barrier_t is_used, is_gone;

static void *call_and_stay(void *loaded)
{
    call_some(loaded);
    pthread_barrier_wait(&is_used);
    pthread_barrier_wait(&is_gone);
    return NULL;
}

static void load_and_unload(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL), *symbol;
    struct plugin *loaded;
    pthread_t thread;
    int status = 1;
    pid_t child;

    check(library != NULL, "dlopen");
    symbol = dlsym(library, "plugin");
    check(symbol != NULL, "dlsym");
    loaded = symbol;
    pthread_create(&thread, NULL, call_and_stay, loaded);
    pthread_barrier_wait(&is_used);
    call_some(loaded);
    check(loaded->count_runs() == 200, "the number of runs");
    check_functions(3);
    check(dlclose(library) == 0, "dlclose");
    check_functions(1);
    pthread_barrier_wait(&is_gone);
    pthread_join(thread, NULL);
    check(!dlopen(path, RTLD_NOW | RTLD_NOLOAD), "it is loaded still");
    child = fork();
    if (child == 0)
        _exit(0);
    check(waitpid(child, &status, 0) == child && status == 0, "a child");
}

int main(int count, char **arguments)
{
    check(count == 2, "the arguments");
    pthread_barrier_init(&is_used, NULL, 2);
    pthread_barrier_init(&is_gone, NULL, 2);
#ifdef LINKS_LIBRARY
    pthread_t thread;

    call_word(&own, negate, 1);
    pthread_create(&thread, NULL, call_own, NULL);
#endif
    for (int i = 0; i < ROUNDS; i++)
        load_and_unload(arguments[1]);
#ifdef LINKS_LIBRARY
    atomic_store(&is_stopping, true);
    pthread_join(thread, NULL);
#endif
    return 0;
}
