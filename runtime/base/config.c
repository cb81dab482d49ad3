#include "base/config.h"

#include "base/log.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One variable of the environment. */
typedef struct {
    const char *name;
    const char *allowed;
    bool (*read)(memo_config *out, const char *text);
} variable;

static bool read_level(memo_config *out, const char *text)
{
    static const char *const names[] = {"off", "warning", "miss", "hit"};

    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) == 0) {
            out->log_level = (memo_log_level)i;
            return true;
        }
    }
    return false;
}

static bool read_switch(int *out, const char *text)
{
    if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
        return false;
    *out = text[0] == '1';
    return true;
}

static bool read_disable(memo_config *out, const char *text)
{
    return read_switch(&out->disable, text);
}

static bool read_verify(memo_config *out, const char *text)
{
    return read_switch(&out->verify, text);
}

static bool read_bytes(memo_config *out, const char *text)
{
    static const char units[] = "KMG";
    const char *unit;
    memo_u64 bytes = 0;

    if (*text < '0' || *text > '9')
        return false;
    for (; *text >= '0' && *text <= '9'; text++) {
        if (__builtin_mul_overflow(bytes, (memo_u64)10, &bytes) ||
            __builtin_add_overflow(bytes, (memo_u64)(*text - '0'), &bytes))
            return false;
    }
    unit = *text ? strchr(units, *text) : NULL;
    if (unit) {
        memo_u64 factor = (memo_u64)1 << (10 * (unit - units + 1));

        if (__builtin_mul_overflow(bytes, factor, &bytes))
            return false;
        text++;
    }
    if (*text)
        return false;
    out->max_bytes = bytes;
    return true;
}

/* "50ms" or "2s". */
static bool read_timeout(memo_config *out, const char *text)
{
    static const struct {
        const char *name;
        memo_u64 ns;
    } units[] = {{"ms", 1000000u}, {"s", 1000000000u}};
    char *end;
    unsigned long long number;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    number = strtoull(text, &end, 10);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (errno == 0 && number > 0 && strcmp(end, units[i].name) == 0)
            return !__builtin_mul_overflow((memo_u64)number, units[i].ns,
                                           &out->store_timeout_ns);
    }
    return false;
}

static const variable variables[] = {
    {"MEMO_LOG", "off, warning, miss or hit", read_level},
    {"MEMO_DISABLE", "0 or 1", read_disable},
    {"MEMO_VERIFY", "0 or 1", read_verify},
    {"MEMO_MAX_BYTES", "a number of bytes, then K, M, G or nothing",
     read_bytes},
    {"MEMO_STORE_TIMEOUT", "a number above 0, then ms or s", read_timeout},
};

void memo_settings_init(memo_settings *out)
{
    *out = (memo_settings){.config = {.log_level = MEMO_LOG_WARNING}};
    memo_clock_init(&out->clock);
}

void memo_settings_read_environment(memo_settings *out)
{
    bool bad[sizeof variables / sizeof variables[0]] = {false};
    size_t count = sizeof variables / sizeof variables[0];

    for (size_t i = 0; i < count; i++) {
        const char *text = getenv(variables[i].name);

        bad[i] = text && !variables[i].read(&out->config, text);
    }
    for (size_t i = 0; i < count; i++) {
        if (bad[i])
            memo_log_warn(&out->config, "%s='%.40s' is ignored: it may be %s",
                          variables[i].name, getenv(variables[i].name),
                          variables[i].allowed);
    }
}

memo_status memo_config_check(const memo_config *config)
{
    if ((unsigned)config->log_level > MEMO_LOG_HIT ||
        (config->disable | config->verify | config->release_at_exit | 1) != 1)
        return MEMO_BAD_VALUE;
    return MEMO_OK;
}

static bool is_equal(const memo_config *a, const memo_config *b)
{
    return a->max_bytes == b->max_bytes && a->disable == b->disable &&
           a->verify == b->verify && a->log_level == b->log_level &&
           a->log == b->log && a->log_context == b->log_context &&
           a->clock == b->clock && a->clock_context == b->clock_context &&
           a->flight_wait_ns == b->flight_wait_ns &&
           a->max_value_pieces == b->max_value_pieces &&
           a->max_value_bytes == b->max_value_bytes &&
           a->release_at_exit == b->release_at_exit &&
           a->store_timeout_ns == b->store_timeout_ns &&
           a->cache_dir == b->cache_dir && a->wall_clock == b->wall_clock &&
           a->wall_clock_context == b->wall_clock_context;
}

memo_settings *memo_settings_make(memo_settings **list,
                                  const memo_config *config)
{
    memo_settings *made;

    for (made = *list; made; made = made->next) {
        if (is_equal(&made->config, config))
            return made;
    }
    made = malloc(sizeof *made);
    if (!made)
        return NULL;
    memo_settings_init(made);
    made->config = *config;
    made->clock.read = config->clock;
    made->clock.context = config->clock_context;
    made->next = *list;
    *list = made;
    return made;
}
