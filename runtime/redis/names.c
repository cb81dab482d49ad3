#include "redis/names.h"

#include <string.h>

#define NAME_DIGITS 32
#define NUMBER_DIGITS 16

static void put_text(memo_redis_key *out, const char *text)
{
    size_t size = strlen(text);

    memcpy(out->text + out->size, text, size + 1);
    out->size += size;
}

static char *put_number(char *out, uint64_t number)
{
    for (unsigned i = 0; i < NUMBER_DIGITS; i++) {
        out[NUMBER_DIGITS - 1 - i] = "0123456789abcdef"[number & 15u];
        number >>= 4;
    }
    return out + NUMBER_DIGITS;
}

void memo_redis_name_put(char *out, const memo_name *name)
{
    out = put_number(out, name->high);
    out = put_number(out, name->low);
    *out = '\0';
}

static void put_name(memo_redis_key *out, const memo_name *name)
{
    memo_redis_name_put(out->text + out->size, name);
    out->size += NAME_DIGITS;
}

bool memo_redis_is_prefix(const char *text)
{
    size_t size = strlen(text);

    return size > 0 && size <= MEMO_REDIS_PREFIX_BYTES &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789._-/:") == size;
}

static void put_entry(memo_redis_key *out, const memo_redis_entry_name *name)
{
    put_text(out, ":{");
    put_name(out, &name->digest);
    put_text(out, "}:");
    put_name(out, &name->function);
    put_text(out, ":");
    *put_number(out->text + out->size, name->generation) = '\0';
    out->size += NUMBER_DIGITS;
}

void memo_redis_key_entry(memo_redis_key *out, const char *prefix,
                          const memo_redis_entry_name *name)
{
    out->size = 0;
    put_text(out, prefix);
    put_entry(out, name);
}

void memo_redis_key_claim(memo_redis_key *out, const char *prefix,
                          const memo_redis_entry_name *name)
{
    memo_redis_key_of(out, prefix, "claim", NULL);
    put_entry(out, name);
}

void memo_redis_key_of(memo_redis_key *out, const char *prefix,
                       const char *kind, const memo_name *name)
{
    out->size = 0;
    put_text(out, prefix);
    put_text(out, ":");
    put_text(out, kind);
    if (!name)
        return;
    put_text(out, ":");
    put_name(out, name);
}

/* ---- reading ------------------------------------------------------------- */

typedef struct {
    const char *at;
    size_t left;
} reading;

static bool accept(reading *from, const char *text)
{
    size_t size = strlen(text);

    if (from->left < size || memcmp(from->at, text, size) != 0)
        return false;
    from->at += size;
    from->left -= size;
    return true;
}

static bool read_number(uint64_t *out, reading *from)
{
    uint64_t number = 0;

    if (from->left < NUMBER_DIGITS)
        return false;
    for (unsigned i = 0; i < NUMBER_DIGITS; i++) {
        char c = from->at[i];

        if (c >= '0' && c <= '9')
            number = number << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            number = number << 4 | (uint64_t)(c - 'a' + 10);
        else
            return false;
    }
    *out = number;
    from->at += NUMBER_DIGITS;
    from->left -= NUMBER_DIGITS;
    return true;
}

static bool read_name(memo_name *out, reading *from)
{
    uint64_t high, low;

    if (!read_number(&high, from) || !read_number(&low, from))
        return false;
    *out = (memo_name){.low = low, .high = high};
    return true;
}

bool memo_redis_entry_parse(memo_redis_entry_name *out, const char *prefix,
                            const char *text, size_t size)
{
    reading from = {text, size};

    return accept(&from, prefix) && accept(&from, ":{") &&
           read_name(&out->digest, &from) && accept(&from, "}:") &&
           read_name(&out->function, &from) && accept(&from, ":") &&
           read_number(&out->generation, &from) && from.left == 0;
}

bool memo_redis_name_parse(memo_name *out, const char *text, size_t size)
{
    reading from = {text, size};

    return read_name(out, &from) && from.left == 0;
}

int memo_redis_generation_parse(memo_name *out, const char *prefix,
                                const char *text, size_t size)
{
    reading from = {text, size};

    if (!accept(&from, prefix) || !accept(&from, ":generation"))
        return -1;
    if (from.left == 0)
        return 0;
    return accept(&from, ":") && read_name(out, &from) && from.left == 0 ? 1
                                                                         : -1;
}
