/* A hit allocates nothing, takes no lock and makes no system call: the
 * functions for the former are replaced by ones that end the process, and the
 * kernel lets it only write and exit. */
#define _GNU_SOURCE
#include "fixture.h"

#include <check.h>
#include <dlfcn.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HITS 1000000
#define MINUTE_NS ((memo_u64)60 * 1000000000u)
#define TRAPPED 77

/* Sanitizers replace the same functions, and make system calls. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#define IS_SANITIZED                                                           \
    (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define IS_SANITIZED 0
#endif

#if !IS_SANITIZED

/* ---- traps -------------------------------------------------------------- */

static volatile bool is_armed;

static void trap(void)
{
    if (is_armed)
        _exit(TRAPPED);
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

void *malloc(size_t size)
{
    trap();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    trap();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    trap();
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    trap();
    return __libc_memalign(alignment, size);
}

void free(void *memory)
{
    trap();
    __libc_free(memory);
}

static int lock_by(const char *name, pthread_mutex_t *mutex)
{
    void *found = dlsym(RTLD_NEXT, name);
    int (*real)(pthread_mutex_t *);

    memcpy(&real, &found, sizeof real);
    return real(mutex);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    trap();
    return lock_by("pthread_mutex_lock", mutex);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    trap();
    return lock_by("pthread_mutex_trylock", mutex);
}

static void allow_only_write_and_exit(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(2);
}

/* ---- functions ---------------------------------------------------------- */

static long square(int n)
{
    return (long)n * n;
}

static struct memo_function plain = {WORD_FUNCTION("plain")};
static struct memo_function aging = {WORD_FUNCTION("aging"),
                                     .ttl_ns = MINUTE_NS};
static struct memo_function bounded = {WORD_FUNCTION("bounded"),
                                       .max_entries = 1000};
static struct memo_function few = {WORD_FUNCTION("few"), .max_entries = 10};

static struct memo_function *const functions[] = {&plain, &aging, &bounded,
                                                  &few};

/* The keys that fit into every one of them. */
#define KEYS 10

/* Run in a child: with everything forbidden, call with so many keys. */
static int call_armed(struct memo_function *function, int keys)
{
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        bool is_right = true;

        for (int n = 0; n < KEYS; n++)
            call_word(function, square, n);
        allow_only_write_and_exit();
        is_armed = true;
        for (int i = 0; i < HITS; i++) {
            int n = i % keys;

            if (call_word(function, square, n) != (long)n * n)
                is_right = false;
        }
        _exit(is_right ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return status;
}

START_TEST(hits_allocate_lock_and_call_nothing)
{
    int status = call_armed(functions[_i], KEYS);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static void *get_object(int n)
{
    static int objects[KEYS];

    return &objects[n];
}

static const struct memo_sharing sharing = {0, NULL, NULL};
static struct memo_function shared = {SHARED_FUNCTION("shared"),
                                      .sharing = &sharing};

START_TEST(hits_of_what_a_thread_has_pinned_are_as_cheap)
{
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        bool is_right = true;

        for (int n = 0; n < KEYS; n++)
            call_shared(&shared, get_object, n, 1);
        allow_only_write_and_exit();
        is_armed = true;
        for (int i = 0; i < HITS; i++) {
            int n = i % KEYS;

            if (call_shared(&shared, get_object, n, 1) != get_object(n))
                is_right = false;
        }
        _exit(is_right ? 0 : 1);
    }
    waitpid(child, &status, 0);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(miss_is_caught_by_the_traps)
{
    int status = call_armed(&plain, KEYS + 1);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), TRAPPED);
}
END_TEST

START_TEST(system_calls_are_caught_by_the_kernel)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        allow_only_write_and_exit();
        _exit(getppid() > 0);
    }
    waitpid(child, &status, 0);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGSYS);
}
END_TEST

static void add_tests(TCase *group)
{
    tcase_add_loop_test(group, hits_allocate_lock_and_call_nothing, 0,
                        (int)(sizeof functions / sizeof functions[0]));
    tcase_add_test(group, hits_of_what_a_thread_has_pinned_are_as_cheap);
    tcase_add_test(group, miss_is_caught_by_the_traps);
    tcase_add_test(group, system_calls_are_caught_by_the_kernel);
}

#else

static long identity(int n)
{
    return n;
}

START_TEST(a_million_hits_are_right)
{
    static struct memo_function function = {WORD_FUNCTION("sanitized"),
                                            .ttl_ns = MINUTE_NS};

    for (int i = 0; i < HITS; i++)
        ck_assert(call_word(&function, identity, i % 10) == i % 10);
    ck_assert_uint_eq(stats_of(&function).hits, HITS - 10);
}
END_TEST

static void add_tests(TCase *group)
{
    tcase_add_test(group, a_million_hits_are_right);
}

#endif

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("cache/hot path");
    TCase *group = tcase_create("hits");

    tcase_set_timeout(group, 60);
    add_tests(group);
    suite_add_tcase(suite, group);
    return suite;
}
