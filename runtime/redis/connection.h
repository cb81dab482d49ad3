/* connection.h -- one connection to a server: commands out, replies in.
 *
 * Nothing here waits for longer than until a deadline, whatever the server
 * does, and what is not Redis's protocol ends the connection.  connection.c and
 * reply.c alone know hiredis, which reads that protocol.
 */
#ifndef MEMO_REDIS_CONNECTION_H
#define MEMO_REDIS_CONNECTION_H

#include "redis/address.h"
#include "redis/request.h"

typedef struct memo_redis_connection memo_redis_connection;

/* Connect.  `cancel`, a file or -1, ends all waiting of this connection early
 * by being readable.
 * Owner: caller, memo_redis_connection_close(); NULL: see `failure`. */
memo_redis_connection *
memo_redis_connection_open(const memo_redis_address *address, int cancel,
                           uint64_t until_ns, memo_redis_failure *failure);

/* Accepts NULL. */
void memo_redis_connection_close(memo_redis_connection *connection);

/* Send commands at once and take their replies.  Returns how many were
 * answered, from the first; fewer than all: it is of no more use, see
 * `failure`. */
size_t memo_redis_exchange(memo_redis_connection *connection,
                           memo_redis_request *const *requests, size_t count,
                           uint64_t until_ns, memo_redis_failure *failure);

/* One command; NULL: it is of no more use. */
memo_redis_reply *memo_redis_command(memo_redis_connection *connection,
                                     memo_redis_request *request,
                                     uint64_t until_ns,
                                     memo_redis_failure *failure);

/* Send without waiting for a reply; false: it is of no more use. */
bool memo_redis_send(memo_redis_connection *connection,
                     memo_redis_request *request, uint64_t until_ns);

/* Take what has come, without waiting: 1: *out, 0: nothing yet, -1: it is of no
 * more use.
 * Owner: *out, caller. */
int memo_redis_receive(memo_redis_connection *connection,
                       memo_redis_reply **out, memo_redis_failure *failure);

int memo_redis_connection_file(const memo_redis_connection *connection);

/* When it was last used, and whether anything has come since it was asked. */
uint64_t memo_redis_connection_used_ns(const memo_redis_connection *connection);
bool memo_redis_connection_has_heard(const memo_redis_connection *connection);

/* Has nothing come that nobody asked for? */
bool memo_redis_connection_is_clean(const memo_redis_connection *connection);

/* The same; and is the other end still there, as far as the system knows? */
bool memo_redis_connection_is_alive(const memo_redis_connection *connection);

#endif
