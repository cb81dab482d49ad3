#include "fake_host.h"

#include <poll.h>
#include <sys/socket.h>

Suite *memo_test_suite(void);

/* What stands between a process and its server, and answers in its place. */
typedef enum {
    PASS,
    GARBAGE,
    CLOSE,
    SILENCE,
    HALF_A_REPLY,
    DRIBBLE,
    ENDLESS_LINE,
    ENDLESS_REPLY,
    HUGE_TEXT,
    LARGEST_TEXT,
    NEGATIVE_TEXT,
    HUGE_LIST,
    NESTED_LISTS,
    LISTS_OF_LISTS,
    WRONG_NUMBER,
    NO_LIST,
    EMPTY_LIST,
    TOO_MANY,
    MOVED_NOWHERE,
    MOVED_IN_CIRCLES,
    MOVED_BADLY,
    ASK_AROUND,
    MODES
} mode;

static const struct {
    const char *bytes;
    unsigned times; /* 0: for ever */
} answers[MODES] = {
    [GARBAGE] = {"HTTP/1.1 400 Bad Request\r\n\r\n", 1},
    [HALF_A_REPLY] = {"$100\r\nabc", 1},
    [DRIBBLE] = {"$100\r\n", 1},
    [ENDLESS_LINE] = {"+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0},
    [ENDLESS_REPLY] = {"$90000000\r\n01234567890123456789012345678901234", 0},
    [HUGE_TEXT] = {"$99999999999\r\nabc", 1},
    [LARGEST_TEXT] = {"$9223372036854775807\r\nabc", 1},
    [NEGATIVE_TEXT] = {"$-2\r\nabc", 1},
    [HUGE_LIST] = {"*2147483647\r\n$1\r\na\r\n", 1},
    [NESTED_LISTS] = {"*1\r\n", 1000},
    [LISTS_OF_LISTS] = {"*1000000\r\n", 7},
    [WRONG_NUMBER] = {":-1\r\n", 3},
    [NO_LIST] = {"*-1\r\n", 3},
    [EMPTY_LIST] = {"*0\r\n", 3},
    [TOO_MANY] = {"+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n", 1},
    [MOVED_NOWHERE] = {"-MOVED 1 127.0.0.1:1\r\n", 3},
    [MOVED_BADLY] = {"-MOVED 99999999999999999999 x:y:70000\r\n", 3},
    [ASK_AROUND] = {"-ASK 5 :1\r\n", 3},
};

static redis_server server;
static process one;
static _Atomic unsigned current;
static unsigned proxy_port;
static int listening;

static int connect_to_port(unsigned port)
{
    struct sockaddr_in name = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)port)};
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(file, (struct sockaddr *)&name, sizeof name) == 0)
        return file;
    close(file);
    return -1;
}

/* False: the other end has gone, or should. */
static bool send_text(int to, const char *text)
{
    return send(to, text, strlen(text), MSG_NOSIGNAL) >= 0;
}

static bool answer(int to, mode how)
{
    char moved[64];

    if (how == CLOSE)
        return false;
    if (how == MOVED_IN_CIRCLES) {
        snprintf(moved, sizeof moved, "-MOVED 1 127.0.0.1:%u\r\n", proxy_port);
        return send_text(to, moved);
    }
    for (unsigned i = 0; answers[how].bytes &&
                         (answers[how].times == 0 || i < answers[how].times);
         i++) {
        if (answers[how].times == 0 && i % 1024 == 0 &&
            atomic_load(&current) != how)
            return false;
        if (!send_text(to, answers[how].bytes))
            return false;
    }
    while (how == DRIBBLE && atomic_load(&current) == how) {
        sleep_ms(5);
        if (!send_text(to, "x"))
            return false;
    }
    return true;
}

/* Pass bytes on.  False: an end. */
static bool pass(int from, int to)
{
    static _Thread_local char bytes[65536];
    ssize_t size = recv(from, bytes, sizeof bytes, 0);

    return size > 0 && send(to, bytes, (size_t)size, MSG_NOSIGNAL) == size;
}

static void *serve(void *argument)
{
    int client = *(int *)argument;
    int real = connect_to_port(server.port);
    struct pollfd files[2] = {{.fd = client, .events = POLLIN},
                              {.fd = real, .events = POLLIN}};
    bool is_open = real >= 0;
    char bytes[4096];

    free(argument);
    while (is_open && poll(files, 2, -1) > 0) {
        mode how = atomic_load(&current);

        if (files[0].revents && how == PASS)
            is_open = pass(client, real);
        else if (files[0].revents)
            is_open =
                recv(client, bytes, sizeof bytes, 0) > 0 && answer(client, how);
        if (is_open && files[1].revents)
            is_open = pass(real, client);
    }
    close(client);
    if (real >= 0)
        close(real);
    return NULL;
}

static void *accept_all(void *argument)
{
    pthread_t thread;

    (void)argument;
    for (;;) {
        int *client = malloc(sizeof *client);

        *client = accept(listening, NULL, NULL);
        if (*client < 0 || pthread_create(&thread, NULL, serve, client) != 0) {
            free(client);
            return NULL;
        }
        pthread_detach(thread);
    }
}

static pthread_t acceptor;

static void start_proxy(void)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t size = sizeof name;
    char url[64];

    start_server(&server, NULL);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(listening, (struct sockaddr *)&name, size), 0);
    ck_assert_int_eq(listen(listening, 64), 0);
    getsockname(listening, (struct sockaddr *)&name, &size);
    proxy_port = ntohs(name.sin_port);
    snprintf(url, sizeof url, "redis://127.0.0.1:%u", proxy_port);
    setenv("MEMO_REDIS_URL", url, 1);
    pthread_create(&acceptor, NULL, accept_all, NULL);
}

static void stop_proxy(void)
{
    atomic_store(&current, PASS);
    shutdown(listening, SHUT_RDWR);
    pthread_join(acceptor, NULL);
    close(listening);
    stop_server(&server);
}

#define WITHIN(ms, what)                                                       \
    do {                                                                       \
        uint64_t begin = memo_redis_now();                                     \
                                                                               \
        what;                                                                  \
        ck_assert_uint_lt((memo_redis_now() - begin) / 1000000u, ms);          \
    } while (0)

/* What it says of a name that is another one is no answer of `load`. */
static bool is_of_use(mode how)
{
    return how == NO_LIST; /* nothing, in another way */
}

START_TEST(a_hostile_server_makes_nobody_wait_or_crash)
{
    mode how = (mode)_i;
    start_proxy();
    ck_assert_ptr_nonnull(open_only(&one, 200));
    ck_assert(one.store->attach(one.opened, &one.f));
    save(&one, &one.f, 5, "value");
    expect_loaded(&one, &one.f, 5, "value");
    atomic_store(&current, how);

    for (unsigned i = 0; i < 10; i++) {
        WITHIN(600, ck_assert(load(&one, &one.f, 5) == MEMO_LOAD_FAILED ||
                              is_of_use(how)));
        WITHIN(600, claim(&one, &one.f, i));
        sleep_ms(20);
    }
    WITHIN(6000, write_one(&one, MEMO_STORE_SAVE, &one.f, 5, "value"));
    WITHIN(6000, write_one(&one, MEMO_STORE_CLEAR, &one.f, 0, NULL));
    WITHIN(20000, one.store->tend(one.opened));
    EVENTUALLY(5, count_forgotten(&one, NULL, 0) >= 2);

    atomic_store(&current, PASS);
    EVENTUALLY(20, one.store->tend(one.opened) >= 0 &&
                       load(&one, &one.f, 6) == MEMO_LOAD_NONE);
    save(&one, &one.f, 6, "value");
    EVENTUALLY(5, load(&one, &one.f, 6) == MEMO_LOADED);
    ck_assert_uint_le(count_warnings(&one), 4);
    end_process(&one);
    stop_proxy();
}
END_TEST

START_TEST(a_hostile_server_is_not_opened)
{
    mode how = (mode)_i;
    start_proxy();
    atomic_store(&current, how);

    WITHIN(10000, open_only(&one, 200));

    if (one.opened)
        WITHIN(10000, ck_assert(!one.store->attach(one.opened, &one.f)));
    ck_assert_uint_ge(count_warnings(&one), 1);
    ck_assert_uint_le(count_warnings(&one), 4);
    WITHIN(5000, end_process(&one));
    stop_proxy();
}
END_TEST

static int see_nothing(void *context, const memo_store_item *item)
{
    (void)item;
    ++*(unsigned *)context;
    return 0;
}

START_TEST(a_hostile_server_shows_tools_nothing)
{
    mode how = (mode)_i;
    unsigned count = 0;
    start_proxy();
    ck_assert_ptr_nonnull(open_only(&one, 200));
    ck_assert(one.store->attach(one.opened, &one.f));
    save(&one, &one.f, 5, "value");
    atomic_store(&current, how);

    WITHIN(30000, one.store->each(one.opened, see_nothing, &count));

    ck_assert_uint_eq(count, 0);
    end_process(&one);
    stop_proxy();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("redis hostile");
    TCase *tests;

    if (!begins_tests(&tests, suite))
        return suite;
    tcase_add_loop_test(tests, a_hostile_server_makes_nobody_wait_or_crash,
                        PASS + 1, MODES);
    tcase_add_loop_test(tests, a_hostile_server_is_not_opened, PASS + 1, MODES);
    tcase_add_loop_test(tests, a_hostile_server_shows_tools_nothing, PASS + 1,
                        MODES);
    return suite;
}
