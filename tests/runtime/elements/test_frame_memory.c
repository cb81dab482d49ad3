/* What becomes of frames when memory runs out, at any place. */
#include "frame_samples.h"

#include <check.h>

#include <stdbool.h>

Suite *memo_test_suite(void);

/* The linker lets calls come here: --wrap.
 * NOLINTBEGIN(readability-identifier-naming): it names them. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static long calls_left = -1; /* until memory runs out; < 0: never */

static bool runs_out(void)
{
    if (calls_left < 0)
        return false;
    return calls_left == 0 || --calls_left < 0;
}

void *__wrap_malloc(size_t size)
{
    return runs_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return runs_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return runs_out() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return runs_out() ? NULL : __real_strdup(text);
}

/* NOLINTEND(readability-identifier-naming) */

/* ---- what is tried --------------------------------------------------------
 */

/* Each does one thing with a frame and releases what that has made. */
typedef st_status attempt(st_frame *frame, st_failure *error);

static st_status try_add(st_frame *frame, st_failure *error)
{
    static const int64_t times[] = {1, 2, 3};
    static const char *const texts[] = {"a", "b", NULL};
    st_frame_column column = {"at", ST_FRAME_TIME, ST_FRAME_SECONDS, 3, times,
                              NULL, "UTC"};
    st_frame *copy = NULL;
    st_status status = st_frame_copy(&copy, frame, error);

    if (status == ST_OK)
        status = st_frame_add(copy, &column, error);
    if (status == ST_OK)
        status = st_frame_add_texts(copy, "text", texts, NULL, error);
    st_frame_destroy(copy);
    return status;
}

static st_status try_many_columns(st_frame *frame, st_failure *error)
{
    st_frame *made = NULL;
    st_status status = st_frame_create(&made, 0, error);
    char name[16];

    (void)frame;
    for (int i = 0; i < 20 && status == ST_OK; i++) {
        snprintf(name, sizeof name, "%d", i);
        status = st_frame_add_bools(made, name, NULL, NULL, error);
    }
    st_frame_destroy(made);
    return status;
}

static st_status try_csv(st_frame *frame, st_failure *error)
{
    static const char text[] = "a,b,c,d,e\n"
                               "1,0.5,true,2024-02-29T00:00Z,x\n"
                               "2,,,,\"y\"\n";
    static const st_csv_options options = {.index = "e"};
    st_frame *made = NULL;
    st_status status =
        st_frame_from_csv(&made, text, sizeof text - 1, &options, error);

    (void)frame;
    st_frame_destroy(made);
    return status;
}

static st_status try_arrow(st_frame *frame, st_failure *error)
{
    struct ArrowSchema schema;
    struct ArrowArray array;
    st_frame *made = NULL;
    st_status status = st_frame_to_arrow(&schema, &array, frame, error);

    if (status != ST_OK)
        return status;
    status = st_frame_from_arrow(&made, &schema, &array, error);
    st_frame_destroy(made);
    schema.release(&schema);
    array.release(&array);
    return status;
}

static st_status try_ipc(st_frame *frame, st_failure *error)
{
    unsigned char *bytes = NULL;
    size_t size = 0;
    st_status status = st_frame_to_ipc(&bytes, &size, frame, error);

    free(bytes);
    return status;
}

static st_status try_decode(st_frame *frame, st_failure *error)
{
    unsigned char bytes[1024];
    size_t size = st_frame_encode(frame, bytes, sizeof bytes);
    st_frame *made = st_frame_decode(bytes, size);

    if (!made) {
        error->status = ST_NO_MEMORY;
        strcpy(error->text, "out of memory");
        return ST_NO_MEMORY;
    }
    st_frame_destroy(made);
    return ST_OK;
}

static attempt *const attempts[] = {try_add,   try_many_columns, try_csv,
                                    try_arrow, try_ipc,          try_decode};

START_TEST(nothing_is_lost_when_memory_runs_out)
{
    st_frame *frame = sample_frame(), *before = sample_frame();
    st_status status = ST_NO_MEMORY;
    long calls = 0;

    must(st_frame_set_index(frame, "word", NULL));
    must(st_frame_set_index(before, "word", NULL));
    for (; status != ST_OK; calls++) {
        st_failure error = {ST_OK, ""};

        calls_left = calls;
        status = attempts[_i](frame, &error);
        calls_left = -1;

        ck_assert_int_lt(calls, 1000);
        ck_assert_int_eq(st_frame_equal(frame, before), 1);
        ck_assert_int_eq(error.status, status);
        ck_assert_str_eq(error.text, status == ST_OK ? "" : "out of memory");
    }
    ck_assert_int_gt(calls, 4);
    st_frame_destroy(frame);
    st_frame_destroy(before);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("frame_memory");
    TCase *tests = tcase_create("memory");

    tcase_add_loop_test(tests, nothing_is_lost_when_memory_runs_out, 0,
                        sizeof attempts / sizeof *attempts);
    suite_add_tcase(suite, tests);
    return suite;
}
