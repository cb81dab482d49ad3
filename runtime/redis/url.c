#include "redis/url.h"

#include <stddef.h>
#include <string.h>

/* Paths are bound by struct sockaddr_un. */
#define PATH_BYTES 107
#define MOST_DATABASES 1000000

static bool accept(const char **at, const char *text)
{
    size_t size = strlen(text);

    if (strncmp(*at, text, size) != 0)
        return false;
    *at += size;
    return true;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Copy [*at, end) with %XX replaced; `room` includes the NUL. */
static const char *read_escaped(char *out, size_t room, const char **at,
                                const char *end)
{
    size_t size = 0;

    while (*at < end) {
        int byte = (unsigned char)**at, high, low;

        if (byte == '%') {
            high = end - *at > 2 ? digit_of((*at)[1]) : -1;
            low = end - *at > 2 ? digit_of((*at)[2]) : -1;
            byte = high * 16 + low;
            if (high < 0 || low < 0 || byte == 0)
                return "two hexadecimal digits after %";
            *at += 2;
        }
        if (size + 1 >= room)
            return "a shorter user or password";
        out[size++] = (char)byte;
        (*at)++;
    }
    out[size] = '\0';
    return NULL;
}

/* user:password@, which ends at the last @ before the path. */
static const char *read_login(memo_redis_url *out, const char **at)
{
    const char *slash = *at + strcspn(*at, "/?"), *end = slash, *colon;
    const char *problem;

    while (end > *at && *end != '@')
        end--;
    if (*end != '@' || end == slash)
        return NULL;
    colon = memchr(*at, ':', (size_t)(end - *at));
    if (!colon)
        return "user:password@ or :password@";
    problem = read_escaped(out->user, sizeof out->user, at, colon);
    if (problem)
        return problem;
    *at = colon + 1;
    if (*at == end)
        return "a password";
    problem = read_escaped(out->password, sizeof out->password, at, end);
    if (!problem)
        *at = end + 1;
    return problem;
}

/* A decimal number; false: there is none up to `most`. */
static bool read_number(unsigned *out, const char **at, unsigned most)
{
    unsigned value = 0;
    const char *here = *at;

    while (*here >= '0' && *here <= '9' && value <= most)
        value = value * 10 + (unsigned)(*here++ - '0');
    if (here == *at || value > most)
        return false;
    *out = value;
    *at = here;
    return true;
}

static bool is_of_host(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
}

static const char *read_host(memo_redis_seed *out, const char **at)
{
    bool is_bracketed = accept(at, "[");
    const char *end = *at;
    size_t size;

    while (is_of_host(*end) || (is_bracketed && (*end == ':' || *end == '%')))
        end++;
    size = (size_t)(end - *at);
    if (size == 0)
        return "a host";
    if (size >= sizeof out->host)
        return "a shorter host";
    memcpy(out->host, *at, size);
    out->host[size] = '\0';
    *at = end;
    return is_bracketed && !accept(at, "]") ? "] after the address" : NULL;
}

static const char *read_seed(memo_redis_seed *out, const char **at)
{
    const char *problem = read_host(out, at);
    unsigned port = MEMO_REDIS_DEFAULT_PORT;

    if (problem)
        return problem;
    if (accept(at, ":") && (!read_number(&port, at, 65535) || port == 0))
        return "a port from 1 to 65535";
    out->port = (uint16_t)port;
    return NULL;
}

static const char *read_seeds(memo_redis_url *out, const char **at)
{
    const char *problem;

    do {
        if (out->seed_count == MEMO_REDIS_SEEDS)
            return "at most 8 hosts";
        problem = read_seed(&out->seeds[out->seed_count], at);
        if (problem)
            return problem;
        out->seed_count++;
    } while (accept(at, ","));
    return NULL;
}

static const char *read_path(memo_redis_url *out, const char **at)
{
    size_t size = strcspn(*at, "?");

    if (**at != '/' || size < 2)
        return "a path that begins with /";
    if (size > PATH_BYTES)
        return "a path of at most 107 bytes";
    memcpy(out->seeds[0].host, *at, size);
    out->seeds[0].host[size] = '\0';
    out->seed_count = 1;
    *at += size;
    return NULL;
}

const char *memo_redis_url_parse(memo_redis_url *out, const char *text,
                                 const char **at)
{
    const char *problem;
    bool is_path, has_database;

    memset(out, 0, sizeof *out);
    *at = text;
    if (strncmp(text, "rediss://", 9) == 0)
        return "redis:// (TLS needs a tunnel of its own, such as stunnel)";
    is_path = accept(at, "unix://");
    if (!is_path && !accept(at, "redis://"))
        return "redis:// or unix://";
    problem = read_login(out, at);
    if (!problem)
        problem = is_path ? read_path(out, at) : read_seeds(out, at);
    if (problem)
        return problem;
    if (is_path)
        has_database = accept(at, "?db=");
    else
        has_database = accept(at, "/") && **at != '\0';
    if (has_database && !read_number(&out->database, at, MOST_DATABASES))
        return "the number of a database";
    if (**at == '\0')
        return NULL;
    return is_path ? "?db= or the end" : "a port, a database or the end";
}
