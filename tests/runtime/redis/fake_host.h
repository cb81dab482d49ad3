/* fake_host.h -- a process that uses the store, without a cache. */
#ifndef MEMO_TEST_FAKE_HOST_H
#define MEMO_TEST_FAKE_HOST_H

#include "redis_server.h"

#include "memo/store.h"

#include <pthread.h>
#include <stdatomic.h>

#define MOST_WARNINGS 16
#define MOST_NOTES 1024

typedef struct forgotten {
    const memo_stored *stored;
    bool has_digest;
    memo_name digest;
} forgotten;

/* "Process": a host, the store that it has opened, two functions. */
typedef struct process {
    memo_store_host host; /* first */
    const struct memo_store *store;
    void *opened;
    memo_stored f, g;
    pthread_mutex_t lock;
    unsigned warning_count, note_count;
    char warnings[MOST_WARNINGS][700];
    forgotten notes[MOST_NOTES];
} process;

static inline void host_warn(memo_store_host *host, const char *text)
{
    process *of = (process *)host;

    pthread_mutex_lock(&of->lock);
    if (of->warning_count < MOST_WARNINGS)
        snprintf(of->warnings[of->warning_count], sizeof of->warnings[0], "%s",
                 text);
    of->warning_count++;
    pthread_mutex_unlock(&of->lock);
}

/* What else is to be told, set before a store is opened. */
__attribute__((unused)) static void (*also_forget)(memo_store_host *host,
                                                   const memo_stored *stored,
                                                   const memo_name *digest);

static inline void host_forget(memo_store_host *host, const memo_stored *stored,
                               const memo_name *digest)
{
    process *of = (process *)host;

    pthread_mutex_lock(&of->lock);
    of->notes[of->note_count++ % MOST_NOTES] = (forgotten){
        stored, digest != NULL, digest ? *digest : (memo_name){0, 0}};
    pthread_mutex_unlock(&of->lock);
}

/* How often was this forgotten?  `digest` 0: all of the function. */
static inline unsigned count_forgotten(process *of, const memo_stored *stored,
                                       memo_u64 digest)
{
    unsigned count = 0;

    pthread_mutex_lock(&of->lock);
    for (unsigned i = 0; i < of->note_count && i < MOST_NOTES; i++)
        count += of->notes[i].stored == stored &&
                 of->notes[i].has_digest == (digest != 0) &&
                 of->notes[i].digest.low == digest;
    pthread_mutex_unlock(&of->lock);
    return count;
}

static inline unsigned count_all_forgotten(process *of)
{
    unsigned count;

    pthread_mutex_lock(&of->lock);
    count = of->note_count;
    pthread_mutex_unlock(&of->lock);
    return count;
}

static inline void drop_notes(process *of)
{
    pthread_mutex_lock(&of->lock);
    of->note_count = 0;
    pthread_mutex_unlock(&of->lock);
}

static inline unsigned count_warnings(process *of)
{
    unsigned count;

    pthread_mutex_lock(&of->lock);
    count = of->warning_count;
    pthread_mutex_unlock(&of->lock);
    return count;
}

static inline bool is_warned_of(process *of, const char *text)
{
    bool is = false;

    pthread_mutex_lock(&of->lock);
    for (unsigned i = 0; i < of->warning_count && i < MOST_WARNINGS; i++)
        is = is || strstr(of->warnings[i], text);
    pthread_mutex_unlock(&of->lock);
    return is;
}

static inline void make_function(memo_stored *out, memo_u64 id,
                                 const char *name)
{
    memset(out, 0, sizeof *out);
    out->id = (memo_name){.low = id, .high = ~id};
    out->place = (memo_name){.low = id * 3, .high = 7};
    out->function = name;
    out->file = "load.c";
    out->line = 12;
    snprintf(out->source, sizeof out->source, "0123456789abcdef");
    out->facts = "facts";
    out->facts_size = 5;
}

/* Open the store that the environment names, without functions. */
static inline void *open_only(process *out, unsigned timeout_ms)
{
    memset(out, 0, sizeof *out);
    pthread_mutex_init(&out->lock, NULL);
    out->host.timeout_ns = timeout_ms * 1000000ull;
    out->host.warn = host_warn;
    out->host.forget = host_forget;
    out->store = memo_redis_store_is_in_libmemo_redis();
    make_function(&out->f, 1, "f");
    make_function(&out->g, 2, "g");
    out->opened = out->store->open(&out->host);
    return out->opened;
}

static inline void use_server(const redis_server *server)
{
    char url[64];

    snprintf(url, sizeof url, "redis://127.0.0.1:%u", server->port);
    setenv("MEMO_REDIS_URL", url, 1);
}

/* Become a process that uses both functions. */
static inline void begin_process(process *out, const redis_server *server)
{
    use_server(server);
    ck_assert_ptr_nonnull(open_only(out, 1000));
    ck_assert(out->store->attach(out->opened, &out->f));
    ck_assert(out->store->attach(out->opened, &out->g));
    ck_assert_uint_eq(count_warnings(out), 0);
}

static inline void end_process(process *of)
{
    if (of->opened)
        of->store->close(of->opened);
    of->opened = NULL;
    pthread_mutex_destroy(&of->lock);
}

/* ---- what processes do --------------------------------------------------- */

static inline memo_name name_of(memo_u64 digest)
{
    return (memo_name){.low = digest, .high = digest << 32};
}

static inline memo_u64 generation_of(const memo_stored *stored)
{
    return __atomic_load_n(&stored->generation, __ATOMIC_SEQ_CST);
}

static inline memo_size write_one(process *by, memo_store_operation operation,
                                  memo_stored *stored, memo_u64 digest,
                                  const char *text)
{
    memo_store_write write = {.operation = operation,
                              .stored = stored,
                              .generation = stored ? generation_of(stored) : 0,
                              .digest = name_of(digest),
                              .bytes = text,
                              .size = text ? strlen(text) : 0};

    return by->store->write(by->opened, &write, 1);
}

static inline void save(process *by, memo_stored *stored, memo_u64 digest,
                        const char *text)
{
    ck_assert_uint_eq(write_one(by, MEMO_STORE_SAVE, stored, digest, text), 1);
}

typedef struct taken {
    char text[64];
    size_t size;
    unsigned count;
} taken;

static inline void take(void *context, const void *bytes, memo_size size)
{
    taken *to = context;

    to->size = size;
    to->count++;
    snprintf(to->text, sizeof to->text, "%.*s", (int)(size < 60 ? size : 60),
             (const char *)bytes);
}

static inline memo_loading load_into(taken *out, process *by,
                                     memo_stored *stored, memo_u64 digest)
{
    memo_name name = name_of(digest);

    memset(out, 0, sizeof *out);
    return by->store->load(by->opened, stored, &name, take, out);
}

static inline memo_loading load(process *by, memo_stored *stored,
                                memo_u64 digest)
{
    taken got;

    return load_into(&got, by, stored, digest);
}

static inline void expect_loaded(process *by, memo_stored *stored,
                                 memo_u64 digest, const char *text)
{
    taken got;

    ck_assert_int_eq(load_into(&got, by, stored, digest), MEMO_LOADED);
    ck_assert_uint_eq(got.count, 1);
    ck_assert_str_eq(got.text, text);
}

static inline int claim(process *by, memo_stored *stored, memo_u64 digest)
{
    memo_name name = name_of(digest);

    return by->store->claim(by->opened, stored, &name);
}

/* Upkeep, until there is none. */
static inline void tend(process *of)
{
    for (unsigned i = 0; i < 10000 && of->store->tend(of->opened); i++)
        continue;
}

/* ---- a suite that needs a server ----------------------------------------- */

/* In place of all tests where there is no server. */
START_TEST(redis_server_is_not_installed)
{
    fprintf(stderr, "skipped: redis-server was not found; on Debian: apt-get "
                    "install redis-server\n");
}
END_TEST

/* A test case; where there is no server, one that says so and nothing more. */
static inline bool begins_tests(TCase **out, Suite *suite)
{
    bool has_server = has_redis_server();

    *out = tcase_create(has_server ? "all" : "skipped");
    suite_add_tcase(suite, *out);
    if (!has_server)
        tcase_add_test(*out, redis_server_is_not_installed);
    return has_server;
}

#endif
