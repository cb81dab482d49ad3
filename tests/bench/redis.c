/* redis.c -- a result from a server, beside a plain GET, and a result that
 * memory keeps until the server says otherwise. */
#include "bench.h"
#include "stored.h"

#include <memo.h>

#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEYS = 500 };

static char folder[] = "/tmp/memo-bench-redis-XXXXXX";
static redisContext *context;

static pid_t start_server(void)
{
    pid_t child = fork();

    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!freopen("/dev/null", "w", stdout))
            _exit(1);
        execlp("redis-server", "redis-server", "--port", "0", "--unixsocket",
               "socket", "--dir", folder, "--save", "", "--appendonly", "no",
               (char *)NULL);
        _exit(127);
    }
    return child;
}

static int connect_to_server(void)
{
    char path[100];

    snprintf(path, sizeof path, "%s/socket", folder);
    for (int i = 0; i < 500; i++) {
        context = redisConnectUnix(path);
        if (context && context->err == 0)
            return 1;
        redisFree(context);
        context = NULL;
        usleep(10000);
    }
    return 0;
}

static double get_raw(int key)
{
    double values[SMALL_COUNT] = {0};
    redisReply *reply = redisCommand(context, "GET raw:%d", key);

    if (reply && reply->type == REDIS_REPLY_STRING &&
        (size_t)reply->len == sizeof values)
        memcpy(values, reply->str, sizeof values);
    freeReplyObject(reply);
    return values[SMALL_COUNT - 1];
}

static double get_stored(int key)
{
    return redis_small(key).values[SMALL_COUNT - 1];
}

static double get_kept(int key)
{
    return redis_kept(key).values[SMALL_COUNT - 1];
}

static double get_memory(int key)
{
    return memory_small(key).values[SMALL_COUNT - 1];
}

static const struct {
    const char *name;
    double (*get)(int key);
} ways[] = {{"raw hiredis GET", get_raw},
            {"memogen redis", get_stored},
            {"memory only", get_memory},
            {"memory, coherent", get_kept}};

enum { WAYS = sizeof ways / sizeof *ways };

static void put_all(void)
{
    for (int key = 0; key < KEYS; key++) {
        double values[SMALL_COUNT];

        for (int i = 0; i < SMALL_COUNT; i++)
            values[i] = key + (double)i;
        freeReplyObject(
            redisCommand(context, "SET raw:%d %b", key, values, sizeof values));
        for (int way = 1; way < WAYS; way++)
            ways[way].get(key);
    }
    (void)memo_flush();
}

static double time_way(double (*get)(int key))
{
    double begin = now_ns(), sum = 0, expected = 0;
    unsigned key = 1;

    for (int i = 0; i < KEYS; i++) {
        key = (key * 421 + 17) % KEYS;
        sum += get((int)key);
        expected += key + (double)(SMALL_COUNT - 1);
    }
    if (sum != expected)
        printf("wrong: %f and not %f\n", sum, expected);
    return (now_ns() - begin) / KEYS;
}

static void measure(const struct plan *plan)
{
    struct figures figures[WAYS] = {{0}};
    memo_stats stats;

    put_all();
    for (int i = 0; i < plan->repeats * 3; i++) {
        for (int way = 0; way < WAYS; way++)
            figures_add(&figures[way], time_way(ways[way].get));
    }
    /* Of a round trip the least is luck. */
    printf("\nA result of 64 bytes and Redis on a local socket, nanoseconds, "
           "minimum / median,\nand the ratio of medians\n");
    for (int way = 0; way < WAYS; way++) {
        int beside = way < 2 ? 0 : 2;

        printf("%-18s %9.1f / %9.1f   %5.2f times %s\n", ways[way].name,
               figures_minimum(&figures[way]), figures_median(&figures[way]),
               figures_median(&figures[way]) / figures_median(&figures[beside]),
               ways[beside].name);
    }
    (void)memo_stats(redis_small, &stats);
    printf("(of %llu calls of redis_small() %llu were hits of the server)\n",
           (unsigned long long)stats.calls,
           (unsigned long long)stats.store_hits);
}

void bench_redis(const struct plan *plan)
{
    char url[140];
    memo_config config;
    pid_t server;

    if (!mkdtemp(folder)) {
        perror(folder);
        return;
    }
    snprintf(url, sizeof url, "unix://%s/socket", folder);
    setenv("MEMO_REDIS_URL", url, 1);
    memo_config_get(&config);
    config.store_timeout_ns = 60000000000u;
    (void)memo_config_set(&config);
    server = start_server();
    if (server > 0 && connect_to_server())
        measure(plan);
    else
        printf("redis-server does not start: not measured\n");
    redisFree(context);
    if (server > 0) {
        kill(server, SIGKILL);
        waitpid(server, NULL, 0);
    }
    snprintf(url, sizeof url, "%s/socket", folder);
    unlink(url);
    rmdir(folder);
}
