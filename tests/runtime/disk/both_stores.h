/* both_stores.h -- what is true of both stores is tested of each. */
#ifndef MEMO_TEST_BOTH_STORES_H
#define MEMO_TEST_BOTH_STORES_H

#include "port_fixture.h"

static UNUSED const struct memo_store *const stores[] = {&memo_disk_store,
                                                         &memo_dir_store};

/* Of the test that runs. */
static UNUSED const struct memo_store *store;
static UNUSED fake_host host;
static UNUSED void *opened;
static UNUSED memo_stored f, g;

static UNUSED void begin(int number)
{
    use_new_port_folder();
    store = stores[number];
    host = make_host();
    opened = store->open(&host.host);
    ck_assert_msg(opened, "%s", host.warning);
    f = stored_as(1, 10, "f");
    g = stored_as(2, 20, "g");
    ck_assert(store->attach(opened, &f));
    ck_assert(store->attach(opened, &g));
}

static UNUSED void end(void)
{
    ck_assert_int_eq(host.warned, 0);
    store->close(opened);
    remove_folder(test_folder);
}

static UNUSED void save(memo_stored *stored, memo_u64 number, const char *text)
{
    ck_assert_uint_eq(save_text(store, opened, stored, number, text), 1);
}

static UNUSED const char *load(memo_stored *stored, memo_u64 number)
{
    const char *text = load_text(store, opened, stored, number);

    ck_assert_ptr_nonnull(text);
    return text;
}

static UNUSED void do_now(memo_store_operation operation, memo_stored *stored,
                          memo_u64 number)
{
    ck_assert_uint_eq(do_to(store, opened, operation, stored, number), 1);
}

/* Do something by another process, which has the store open as well. */
static UNUSED int (*other_does)(void *its_store, memo_stored *its_f);

static UNUSED int be_other(void *context)
{
    fake_host its_host = make_host();
    void *its_store = store->open(&its_host.host);
    memo_stored its_f = stored_as(3, 10, "f");
    int problem;

    (void)context;
    if (!its_store || !store->attach(its_store, &its_f))
        return 100;
    if (memcmp(its_host.host.secret, host.host.secret,
               sizeof host.host.secret) != 0)
        return 101;
    problem = other_does(its_store, &its_f);
    store->close(its_store);
    return problem;
}

static UNUSED void by_another_process(int (*does)(void *, memo_stored *))
{
    int status;

    other_does = does;
    status = run_apart(be_other, NULL);
    ck_assert_msg(status == 0, "status %x", (unsigned)status);
}

static UNUSED int count_any(void *context, const memo_store_item *item)
{
    int *count = context;

    *count += item->bytes != NULL;
    return 0;
}

static UNUSED int count_entries(void)
{
    int count = 0;

    store->each(opened, count_any, &count);
    return count;
}

/* A test that is run with each. */
#define ADD(test) tcase_add_loop_test(tests, test, 0, 2)

#endif
