/* port_fixture.h -- a store used as the cache uses it, without the cache. */
#ifndef MEMO_TEST_PORT_FIXTURE_H
#define MEMO_TEST_PORT_FIXTURE_H

#include "disk/disk.h"
#include "disk_fixture.h"

/* ---- a host -------------------------------------------------------------- */

typedef struct {
    memo_store_host host; /* first */
    _Atomic int warned;
    char warning[2 * MEMO_PATH_SIZE];
} fake_host;

static UNUSED void host_warn(memo_store_host *host, const char *text)
{
    fake_host *of = (fake_host *)host;

    of->warned++;
    snprintf(of->warning, sizeof of->warning, "%s", text);
}

/* Of the test's folder, and with a timeout that no busy machine reaches. */
static UNUSED fake_host make_host(void)
{
    return (fake_host){.host = {.timeout_ns = 60000000000u,
                                .folder = test_folder,
                                .warn = host_warn}};
}

static UNUSED void use_new_port_folder(void)
{
    snprintf(test_folder, sizeof test_folder, "%s/%ld", MEMO_TEST_SCRATCH_DIR,
             (long)getpid());
    remove_folder(test_folder);
}

/* ---- functions and entries ----------------------------------------------- */

static UNUSED memo_stored stored_as(memo_u64 place, memo_u64 id,
                                    const char *function)
{
    return (memo_stored){.id = {id, id * 3},
                         .place = {place, place * 5},
                         .function = function,
                         .file = "file.c",
                         .line = 7,
                         .source = "0123456789abcdef0123456789abcdef",
                         .facts = "facts",
                         .facts_size = 5};
}

static UNUSED memo_name digest_of(memo_u64 number)
{
    return (memo_name){number, ~number};
}

static UNUSED memo_store_write saving(memo_stored *stored, memo_u64 number,
                                      const void *bytes, size_t size)
{
    return (memo_store_write){
        .operation = MEMO_STORE_SAVE,
        .stored = stored,
        .generation = __atomic_load_n(&stored->generation, __ATOMIC_ACQUIRE),
        .digest = digest_of(number),
        .bytes = bytes,
        .size = size};
}

static UNUSED memo_size do_one(const struct memo_store *store, void *opened,
                               memo_store_write write)
{
    return store->write(opened, &write, 1);
}

static UNUSED memo_size save_text(const struct memo_store *store, void *opened,
                                  memo_stored *stored, memo_u64 number,
                                  const char *text)
{
    return do_one(store, opened,
                  saving(stored, number, text, strlen(text) + 1));
}

static UNUSED memo_size do_to(const struct memo_store *store, void *opened,
                              memo_store_operation operation,
                              memo_stored *stored, memo_u64 number)
{
    return do_one(store, opened,
                  (memo_store_write){.operation = operation,
                                     .stored = stored,
                                     .digest = digest_of(number)});
}

/* ---- what is loaded ------------------------------------------------------ */

typedef struct {
    unsigned char bytes[20000];
    size_t size;
} loaded;

static UNUSED void take_bytes(void *context, const void *bytes, memo_size size)
{
    loaded *to = context;

    to->size = size;
    memcpy(to->bytes, bytes, size < sizeof to->bytes ? size : sizeof to->bytes);
}

/* The text of an entry; "": there is none; NULL: the store cannot say. */
static UNUSED const char *load_text(const struct memo_store *store,
                                    void *opened, memo_stored *stored,
                                    memo_u64 number)
{
    static _Thread_local loaded text;
    memo_name digest = digest_of(number);

    switch (store->load(opened, stored, &digest, take_bytes, &text)) {
    case MEMO_LOADED:
        return (const char *)text.bytes;
    case MEMO_LOAD_NONE:
        return "";
    default:
        return NULL;
    }
}

/* Until there is nothing to tidy up. */
static UNUSED void tidy(const struct memo_store *store, void *opened)
{
    while (store->tend(opened))
        continue;
}

#endif
