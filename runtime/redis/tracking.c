#include "redis/tracking.h"

#include "redis/now.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CHANNEL "__redis__:invalidate"
#define MUTE_PAUSE_NS (60ull * MEMO_REDIS_SECOND)

typedef struct memo_redis_link {
    memo_redis_hearing *hearing;
    memo_redis_node *node;
    memo_redis_connection *listener;
    pthread_t thread;
    _Atomic bool is_to_end;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_settled, has_ended;
    uint64_t asked_ns, beat_ns; /* a sign of life: asked for, 0: answered; when
                                   to ask next */
} memo_redis_link;

typedef enum { LINKED, NOT_NOW, REFUSED } linking;

static uint64_t patience_from_now(const memo_redis_link *link)
{
    return memo_redis_now() + link->hearing->patience_ns;
}

static void forget(memo_redis_link *link, const memo_stored *stored,
                   const memo_name *digest)
{
    memo_store_host *host = link->hearing->host;

    if (host->forget)
        host->forget(host, stored, digest);
}

/* First what load() goes by, so that it does not bring back what memory
 * forgets now. */
static void forget_everything(memo_redis_link *link)
{
    memo_redis_outdate_everything(link->hearing->functions);
    forget(link, NULL, NULL);
}

/* ---- what is heard ------------------------------------------------------- */

/* Entries of another generation are out of reach already. */
static void hear_of_entry(memo_redis_link *link,
                          const memo_redis_entry_name *name)
{
    memo_redis_hearing *hearing = link->hearing;
    memo_stored *stored =
        memo_redis_functions_find(hearing->functions, &name->function);
    uint64_t generation;

    if (!stored)
        return;
    if (memo_redis_generation_get(&generation, hearing->functions, stored) &&
        generation != name->generation)
        return;
    forget(link, stored, &name->digest);
}

static void hear_of_name(memo_redis_link *link, memo_redis_bytes text)
{
    memo_redis_hearing *hearing = link->hearing;
    memo_redis_entry_name entry;
    memo_stored *stored;
    memo_name id;
    int kind;

    if (memo_redis_entry_parse(&entry, hearing->prefix, text.at, text.size)) {
        hear_of_entry(link, &entry);
        return;
    }
    kind =
        memo_redis_generation_parse(&id, hearing->prefix, text.at, text.size);
    if (kind == 0) {
        memo_redis_outdate_all(hearing->functions);
        forget(link, NULL, NULL);
    }
    stored =
        kind == 1 ? memo_redis_functions_find(hearing->functions, &id) : NULL;
    if (stored) {
        memo_redis_outdate(stored);
        forget(link, stored, NULL);
    }
}

/* False: it is nothing that a server says to a listener. */
static bool hear(memo_redis_link *link, const memo_redis_reply *reply)
{
    const memo_redis_reply *kind = memo_redis_reply_at(reply, 0);
    const memo_redis_reply *names = memo_redis_reply_at(reply, 2);

    if (memo_redis_reply_is(kind, "pong")) {
        link->asked_ns = 0;
        return true;
    }
    if (!memo_redis_reply_is(kind, "message") ||
        !memo_redis_reply_is(memo_redis_reply_at(reply, 1), CHANNEL))
        return false;
    if (memo_redis_reply_kind(names) == MEMO_REDIS_NOTHING) {
        atomic_store(&link->hearing->has_lost_all, true);
        forget_everything(link);
        return true;
    }
    for (size_t i = 0; i < memo_redis_reply_count(names); i++)
        hear_of_name(link,
                     memo_redis_reply_text(memo_redis_reply_at(names, i)));
    return memo_redis_reply_kind(names) == MEMO_REDIS_LIST;
}

/* Hear all that has come.  False: the link is lost. */
static bool hear_all(memo_redis_link *link)
{
    memo_redis_failure failure;
    memo_redis_reply *reply;
    int received;

    while ((received = memo_redis_receive(link->listener, &reply, &failure)) >
           0) {
        bool is_sound = hear(link, reply);

        memo_redis_reply_free(reply);
        if (!is_sound || atomic_load(&link->is_to_end))
            return false;
    }
    return received == 0;
}

/* ---- signs of life ------------------------------------------------------- */

/* Somebody who writes now finds out as well. */
static bool is_writer_alive(memo_redis_link *link)
{
    memo_redis_node *node = link->node;
    memo_redis_failure failure;
    memo_redis_request ping;
    bool is_good;

    if (pthread_mutex_trylock(&node->writer_lock) != 0)
        return true;
    memo_redis_request_make(&ping, "PING", NULL);
    is_good = node->is_writer_good &&
              memo_redis_command(node->writer, &ping, patience_from_now(link),
                                 &failure) &&
              memo_redis_reply_is(ping.reply, "PONG") &&
              memo_redis_connection_is_clean(node->writer);
    node->is_writer_good = is_good;
    memo_redis_request_free(&ping);
    pthread_mutex_unlock(&node->writer_lock);
    return is_good;
}

/* False: the link is lost. */
static bool beat(memo_redis_link *link)
{
    uint64_t now = memo_redis_now();
    memo_redis_request ping;

    if (link->asked_ns && now - link->asked_ns >= link->hearing->patience_ns)
        return false;
    if (now < link->beat_ns)
        return true;
    link->beat_ns = now + MEMO_REDIS_BEAT_NS;
    if (link->asked_ns)
        return true;
    link->asked_ns = now;
    memo_redis_request_make(&ping, "PING", NULL);
    return memo_redis_send(link->listener, &ping, patience_from_now(link)) &&
           is_writer_alive(link);
}

/* False: it was asked for, to end or because the writer has failed. */
static bool wait_for_news(memo_redis_link *link, int writer)
{
    uint64_t now = memo_redis_now(), until = link->beat_ns;
    struct pollfd files[3] = {
        {.fd = memo_redis_connection_file(link->listener), .events = POLLIN},
        {.fd = writer, .events = POLLRDHUP},
        {.fd = link->node->wake, .events = POLLIN}};
    struct timespec most;

    if (link->asked_ns && link->asked_ns + link->hearing->patience_ns < until)
        until = link->asked_ns + link->hearing->patience_ns;
    until = until > now ? until - now : 0;
    most.tv_sec = (time_t)(until / MEMO_REDIS_SECOND);
    most.tv_nsec = (long)(until % MEMO_REDIS_SECOND);
    if (ppoll(files, 3, &most, NULL) < 0)
        return errno == EINTR;
    return files[1].revents == 0 && files[2].revents == 0;
}

static void listen_on(memo_redis_link *link)
{
    int writer = memo_redis_connection_file(link->node->writer);

    link->asked_ns = 0;
    link->beat_ns = memo_redis_now() + MEMO_REDIS_BEAT_NS;
    while (wait_for_news(link, writer) && hear_all(link) && beat(link))
        continue;
}

/* ---- begin and end of a link --------------------------------------------- */

/* Errors that come and go, and others, by which a server says that it never
 * will. */
static linking judge(memo_redis_link *link, const memo_redis_reply *reply)
{
    static const char *const passing[] = {"LOADING ", "BUSY ", "MASTERDOWN ",
                                          "CLUSTERDOWN ", "NOAUTH "};

    if (memo_redis_reply_kind(reply) != MEMO_REDIS_ERROR)
        return NOT_NOW;
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
        if (memo_redis_reply_is(reply, passing[i]))
            return NOT_NOW;
    }
    memo_redis_complain_of_deafness(link->hearing->complaints,
                                    &link->node->seed, reply);
    return REFUSED;
}

/* Connect, or tell why not. */
static memo_redis_connection *connect_to(memo_redis_link *link)
{
    memo_redis_failure failure = {.is_ours = false};
    memo_redis_reply *refusal;
    memo_redis_connection *made =
        memo_redis_node_connect(link->node, link->node->wake,
                                patience_from_now(link), &refusal, &failure);

    if (refusal)
        memo_redis_complain_of_reply(link->hearing->complaints,
                                     &link->node->seed, refusal);
    else if (!made && !atomic_load(&link->is_to_end))
        memo_redis_complain_of_failure(link->hearing->complaints,
                                       &link->node->seed, &failure);
    memo_redis_reply_free(refusal);
    return made;
}

/* Connect to listen; *out is what the server calls that connection. */
static linking begin_listening(memo_redis_link *link, uint64_t *out)
{
    memo_redis_request requests[2], *asked[2] = {&requests[0], &requests[1]};
    memo_redis_failure failure;
    linking outcome = LINKED;

    link->listener = connect_to(link);
    if (!link->listener)
        return NOT_NOW;
    memo_redis_request_make(&requests[0], "CLIENT", NULL);
    memo_redis_add(&requests[0], "ID");
    memo_redis_request_make(&requests[1], "SUBSCRIBE", NULL);
    memo_redis_add(&requests[1], CHANNEL);
    if (memo_redis_exchange(link->listener, asked, 2, patience_from_now(link),
                            &failure) < 2)
        outcome = NOT_NOW;
    else if (!memo_redis_reply_number(out, requests[0].reply))
        outcome = judge(link, requests[0].reply);
    else if (!memo_redis_reply_is(memo_redis_reply_at(requests[1].reply, 0),
                                  "subscribe"))
        outcome = judge(link, requests[1].reply);
    memo_redis_request_free(&requests[0]);
    memo_redis_request_free(&requests[1]);
    return outcome;
}

/* Connect to write, and have all changes but those told to the listener. */
static linking begin_writing(memo_redis_link *link, uint64_t listener)
{
    char number[24], entries[MEMO_REDIS_PREFIX_BYTES + 8];
    memo_redis_node *node = link->node;
    memo_redis_key generations;
    memo_redis_request request;
    memo_redis_failure failure;
    linking outcome = LINKED;

    node->writer = connect_to(link);
    if (!node->writer)
        return NOT_NOW;
    snprintf(number, sizeof number, "%llu", (unsigned long long)listener);
    snprintf(entries, sizeof entries, "%s:{", link->hearing->prefix);
    memo_redis_key_of(&generations, link->hearing->prefix, "generation", NULL);
    memo_redis_request_make(&request, "CLIENT", NULL);
    memo_redis_add(&request, "TRACKING");
    memo_redis_add(&request, "ON");
    memo_redis_add(&request, "REDIRECT");
    memo_redis_add(&request, number);
    memo_redis_add(&request, "BCAST");
    memo_redis_add(&request, "NOLOOP");
    memo_redis_add(&request, "PREFIX");
    memo_redis_add(&request, entries);
    memo_redis_add(&request, "PREFIX");
    memo_redis_add(&request, generations.text);
    if (!memo_redis_command(node->writer, &request, patience_from_now(link),
                            &failure))
        outcome = NOT_NOW;
    else if (!memo_redis_reply_is(request.reply, "OK"))
        outcome = judge(link, request.reply);
    node->is_writer_good = outcome == LINKED;
    memo_redis_request_free(&request);
    return outcome;
}

static linking begin(memo_redis_link *link)
{
    uint64_t id;
    linking outcome = begin_listening(link, &id);

    if (outcome == LINKED) {
        pthread_mutex_lock(&link->node->writer_lock);
        outcome = begin_writing(link, id);
        pthread_mutex_unlock(&link->node->writer_lock);
    }
    return outcome;
}

static void end(memo_redis_link *link)
{
    pthread_mutex_lock(&link->node->writer_lock);
    memo_redis_connection_close(link->node->writer);
    link->node->writer = NULL;
    link->node->is_writer_good = false;
    pthread_mutex_unlock(&link->node->writer_lock);
    memo_redis_connection_close(link->listener);
    link->listener = NULL;
}

/* ---- the thread ---------------------------------------------------------- */

static void settle(memo_redis_link *link, bool has_ended)
{
    pthread_mutex_lock(&link->lock);
    link->is_settled = true;
    link->has_ended = has_ended;
    pthread_cond_broadcast(&link->changed);
    pthread_mutex_unlock(&link->lock);
}

/* Take notice of having been woken. */
static void drain(const memo_redis_link *link)
{
    uint64_t count;
    ssize_t size;

    do
        size = read(link->node->wake, &count, sizeof count);
    while (size < 0 && errno == EINTR);
}

static void hear_for_a_while(memo_redis_link *link)
{
    memo_redis_hearing *hearing = link->hearing;
    memo_redis_node *node = link->node;

    forget_everything(link);
    atomic_store(&node->is_mute, false);
    atomic_store(&node->heard, atomic_fetch_add(&hearing->sessions, 1) + 1);
    memo_redis_node_worked(node);
    settle(link, false);
    listen_on(link);
    /* What begins to load from now on does not rely on being told. */
    atomic_store(&node->heard, 0);
    forget_everything(link);
    atomic_store(&hearing->has_lost_all, true); /* for all we know */
}

static void *run(void *argument)
{
    memo_redis_link *link = argument;
    uint64_t pause = 0;

    while (!atomic_load(&link->is_to_end)) {
        linking outcome = begin(link);

        if (outcome == LINKED) {
            hear_for_a_while(link);
            pause = 0;
        }
        end(link);
        if (outcome == REFUSED)
            atomic_store(&link->node->is_mute, true);
        settle(link, false);
        drain(link);
        pause =
            outcome == REFUSED ? MUTE_PAUSE_NS : memo_redis_next_pause(pause);
        if (!atomic_load(&link->is_to_end))
            memo_redis_wait(link->node->wake, POLLIN, -1,
                            memo_redis_now() + memo_redis_about(pause));
    }
    settle(link, true);
    return NULL;
}

/* It is the library's: no signal of the program is handled on it. */
static bool start_thread(memo_redis_link *link)
{
    sigset_t every, before;
    bool done;

    sigfillset(&every);
    pthread_sigmask(SIG_SETMASK, &every, &before);
    done = pthread_create(&link->thread, NULL, run, link) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return done;
}

static bool make_condition(memo_redis_link *link)
{
    pthread_condattr_t monotonic;
    bool done;

    if (pthread_mutex_init(&link->lock, NULL) != 0 ||
        pthread_condattr_init(&monotonic) != 0)
        return false;
    done = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
           pthread_cond_init(&link->changed, &monotonic) == 0;
    pthread_condattr_destroy(&monotonic);
    return done;
}

void memo_redis_link_start(memo_redis_hearing *hearing, memo_redis_node *node)
{
    memo_redis_link *made;

    if (node->link)
        return;
    made = calloc(1, sizeof *made);
    if (!made || !make_condition(made)) {
        free(made);
        return;
    }
    made->hearing = hearing;
    made->node = node;
    node->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (node->wake >= 0 && start_thread(made)) {
        node->link = made;
        return;
    }
    if (node->wake >= 0)
        close(node->wake);
    node->wake = -1;
    free(made);
}

/* With the lock held. */
static bool wait_until(memo_redis_link *link, const bool *what,
                       uint64_t until_ns)
{
    struct timespec until = {.tv_sec = (time_t)(until_ns / MEMO_REDIS_SECOND),
                             .tv_nsec = (long)(until_ns % MEMO_REDIS_SECOND)};

    while (!*what) {
        if (pthread_cond_timedwait(&link->changed, &link->lock, &until) != 0)
            return *what;
    }
    return true;
}

void memo_redis_link_wait(memo_redis_node *node, uint64_t until_ns)
{
    memo_redis_link *link = node->link;

    if (!link)
        return;
    pthread_mutex_lock(&link->lock);
    wait_until(link, &link->is_settled, until_ns);
    pthread_mutex_unlock(&link->lock);
}

bool memo_redis_link_stop(memo_redis_node *node, uint64_t until_ns)
{
    memo_redis_link *link = node->link;
    bool has_ended;

    if (!link)
        return true;
    atomic_store(&link->is_to_end, true);
    memo_redis_node_wake(node);
    pthread_mutex_lock(&link->lock);
    has_ended = wait_until(link, &link->has_ended, until_ns);
    pthread_mutex_unlock(&link->lock);
    if (!has_ended) {
        pthread_detach(link->thread);
        return false;
    }
    pthread_join(link->thread, NULL);
    close(node->wake);
    node->wake = -1;
    node->link = NULL;
    pthread_cond_destroy(&link->changed);
    pthread_mutex_destroy(&link->lock);
    free(link);
    return true;
}
