#include "redis/complaint.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#define TEXT_BYTES 700

/* Errors by how they begin. */
static const struct {
    const char *begin, *advice;
} errors[] = {
    {"OOM ", "raise its maxmemory, or choose a maxmemory-policy that evicts"},
    {"READONLY ", "let MEMO_REDIS_URL name the master, not a replica"},
    {"NOAUTH ", "MEMO_REDIS_URL needs a password: redis://:password@host"},
    {"WRONGPASS ", "user or password in MEMO_REDIS_URL are wrong"},
    {"NOPERM ", "let its user run this command on keys of MEMO_REDIS_PREFIX"},
    {"MISCONF ", "it cannot write its own files; see its log"},
    {"LOADING ", "it has just begun; this ends by itself"},
    {"BUSY ", "a script holds it up; this ends by itself, or by SCRIPT KILL"},
    {"MASTERDOWN ", "its master is gone"},
    {"CLUSTERDOWN ", "the cluster lacks a part; see CLUSTER INFO"},
    {"WRONGTYPE ", "another program uses these keys: let MEMO_REDIS_PREFIX be "
                   "another"},
    {"", "see its log"}};

/* Kinds of what is told; those of errors come behind. */
enum { UNREACHABLE, DEAF, ERRORS };

static bool is_new(memo_redis_complaints *complaints, unsigned kind)
{
    uint32_t bit = (uint32_t)1 << kind;

    return !(atomic_fetch_or(&complaints->told, bit) & bit);
}

/* Texts of servers are shortened, and nothing in them moves a cursor. */
static void put_reply(char *out, size_t room, const memo_redis_reply *reply)
{
    memo_redis_bytes text = memo_redis_reply_text(reply);
    size_t size = text.size < room - 1 ? text.size : room - 1;

    for (size_t i = 0; i < size; i++) {
        char c = ((const char *)text.at)[i];

        out[i] = c >= ' ' && c < 127 ? c : '?';
    }
    out[size] = '\0';
}

void memo_redis_complain(memo_redis_complaints *complaints, const char *format,
                         ...)
{
    char text[TEXT_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    complaints->host->warn(complaints->host, text);
}

void memo_redis_complain_of_reply(memo_redis_complaints *complaints,
                                  const memo_redis_seed *server,
                                  const memo_redis_reply *reply)
{
    char name[MEMO_REDIS_HOST_BYTES + 16], text[160];
    unsigned kind = 0;

    while (errors[kind].begin[0] &&
           !memo_redis_reply_is(reply, errors[kind].begin))
        kind++;
    if (!is_new(complaints, ERRORS + kind))
        return;
    memo_redis_address_put(name, sizeof name, server);
    if (memo_redis_reply_kind(reply) == MEMO_REDIS_ERROR)
        put_reply(text, sizeof text, reply);
    else
        snprintf(text, sizeof text, "something unexpected");
    memo_redis_complain(complaints,
                        "persist=\"redis\": %s answers: %s; results stay in "
                        "memory meanwhile; %s",
                        name, text, errors[kind].advice);
}

void memo_redis_complain_of_failure(memo_redis_complaints *complaints,
                                    const memo_redis_seed *server,
                                    const memo_redis_failure *failure)
{
    char name[MEMO_REDIS_HOST_BYTES + 16];

    if (!is_new(complaints, UNREACHABLE))
        return;
    memo_redis_address_put(name, sizeof name, server);
    memo_redis_complain(complaints,
                        "persist=\"redis\": %s cannot be used: %s; results "
                        "stay in memory until it can, which is tried again and "
                        "again; is it running, and is MEMO_REDIS_URL right?",
                        name, failure->text);
}

void memo_redis_complain_of_deafness(memo_redis_complaints *complaints,
                                     const memo_redis_seed *server,
                                     const memo_redis_reply *why)
{
    char name[MEMO_REDIS_HOST_BYTES + 16], text[160];

    if (!is_new(complaints, DEAF))
        return;
    memo_redis_address_put(name, sizeof name, server);
    put_reply(text, sizeof text, why);
    memo_redis_complain(
        complaints,
        "persist=\"redis\": %s does not tell of changes (%s): what memory "
        "holds stays until its ttl is over, whatever other processes do; let "
        "it be Redis 6.2 or later, and let its user run CLIENT and SUBSCRIBE",
        name, text);
}
