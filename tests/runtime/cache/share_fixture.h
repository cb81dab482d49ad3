/* share_fixture.h -- a resource that tests share, and count.
 *
 * What stands here is what generated code does for a @singleton.
 */
#ifndef MEMO_TEST_SHARE_FIXTURE_H
#define MEMO_TEST_SHARE_FIXTURE_H

#include "fixture.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>

typedef struct {
    int n;
    bool is_broken, is_released;
} thing;

static thing things[1000];
static int made, released;
static void (*on_release)(thing *it);

static thing *open_thing(int n)
{
    thing *it = &things[made++];

    *it = (thing){.n = n};
    return it;
}

static int validate_thing(const void *result)
{
    thing *it;

    memcpy(&it, result, sizeof it);
    errno = EPIPE;
    return !it->is_broken;
}

static void release_thing(const void *result)
{
    thing *it;

    memcpy(&it, result, sizeof it);
    ck_assert(!it->is_released);
    it->is_released = true;
    released++;
    errno = EPIPE;
    if (on_release)
        on_release(it);
}

static UNUSED const struct memo_sharing released_only = {0, NULL,
                                                         release_thing};
static UNUSED const struct memo_sharing validated = {0, validate_thing,
                                                     release_thing};

static void *open_any(int n)
{
    return open_thing(n);
}

static UNUSED thing *get(struct memo_function *function, int n)
{
    return call_shared(function, open_any, n, 1);
}

static UNUSED void set_up(void)
{
    made = released = 0;
    on_release = NULL;
}

#endif
