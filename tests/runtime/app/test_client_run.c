/* Runs of a tab's page, with the values that its browser has said. */
#include "client_fixture.h"

Suite *memo_test_suite(void);

static void a_widget(void)
{
    char text[80];

    if (st_checkbox("Yes"))
        st_text("checked");
    snprintf(text, sizeof text, "a is %s", st_get_query_param("a"));
    st_text(text);
}

static char id[100];

/* The widget that was told of, by its id. */
static void read_id(void)
{
    St__Element *element = element_of(told[1]);

    snprintf(id, sizeof id, "%s", element->checkbox->id);
    st__element__free_unpacked(element, NULL);
}

static St__WidgetState checked(bool value)
{
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    state.id = id;
    state.value_case = ST__WIDGET_STATE__VALUE_BOOL_VALUE;
    state.bool_value = value;
    return state;
}

START_TEST(values_come_from_the_browser)
{
    st_client *client = make_seen(a_widget);
    St__WidgetState state;

    check_text(2, "a is 1");
    read_id();
    state = checked(true);
    run_and_listen(client, &state, NULL);
    check_text(2, "checked");
    finish(client);
}
END_TEST

START_TEST(values_that_make_no_sense_are_left)
{
    st_client *client = make_seen(a_widget);
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    read_id();
    for (int i = 0; i < 3; i++) {
        state.id = i == 0 ? (char *)(uintptr_t) "$$ID-nobody-knows" : id;
        state.value_case = i == 2 ? ST__WIDGET_STATE__VALUE_STRING_VALUE
                                  : ST__WIDGET_STATE__VALUE__NOT_SET;
        state.string_value = (char *)(uintptr_t) "true";
        run_and_listen(client, &state, NULL);
        check_text(2, "a is 1");
    }
    finish(client);
}
END_TEST

/* What came while it waited for its run counts, once. */
START_TEST(requests_become_one_run)
{
    st_client *client = make_seen(a_widget);
    St__WidgetState states[] = {checked(true), checked(false), checked(true)};

    read_id();
    for (int i = 0; i < 3; i++)
        ask(client, &states[i], NULL);
    run_queued();
    listen(client);
    ck_assert_uint_eq(told_count, 6);
    check_text(2, "checked");
    finish(client);
}
END_TEST

/* ---- runs again ---------------------------------------------------------- */

static int run_count;

static void reruns(void)
{
    st_text(run_count == 0 ? "first" : "second");
    if (run_count++ == 0)
        st_rerun();
}

START_TEST(a_page_may_ask_for_another_run)
{
    st_client *client = make_client(reruns);
    run_count = 0;
    ask(client, NULL, NULL);
    run_queued();
    ck_assert_int_eq(run_count, 2);
    listen(client);
    ck_assert_uint_eq(told_count, 8);
    check_text(5, "second");
    ck_assert(is_finished_early());
    finish(client);
}
END_TEST

/* ---- files --------------------------------------------------------------- */

static void asks_for_a_file(void)
{
    const st_file *file = st_file_uploader("File");

    st_text(file ? file->name : "none");
    if (file)
        st_text(file->bytes);
}

static St__WidgetState with_file(char *widget, char *file)
{
    static St__UploadedFileInfo info = ST__UPLOADED_FILE_INFO__INIT;
    static St__UploadedFileInfo *list[] = {&info};
    static St__FileUploaderState uploaded = ST__FILE_UPLOADER_STATE__INIT;
    St__WidgetState state = ST__WIDGET_STATE__INIT;

    info.file_id = file;
    uploaded.uploaded_file_info = list;
    uploaded.n_uploaded_file_info = file != NULL;
    state.id = widget;
    state.value_case = ST__WIDGET_STATE__VALUE_FILE_UPLOADER_STATE_VALUE;
    state.file_uploader_state_value = &uploaded;
    return state;
}

static void ask_for_place(st_client *client, char *out)
{
    St__BackMsg message = ST__BACK_MSG__INIT;
    St__FileURLsRequest request = ST__FILE_URLS_REQUEST__INIT;
    char *names[] = {(char *)(uintptr_t) "a.txt"};
    const St__ForwardMsg *answer;

    request.request_id = (char *)(uintptr_t) "r";
    request.file_names = names;
    request.n_file_names = 1;
    message.type_case = ST__BACK_MSG__TYPE_FILE_URLS_REQUEST;
    message.file_urls_request = &request;
    say(client, &message);
    listen(client);
    answer = find_told(ST__FORWARD_MSG__TYPE_FILE_URLS_RESPONSE);
    ck_assert_ptr_nonnull(answer);
    ck_assert_str_eq(answer->file_urls_response->response_id, "r");
    snprintf(out, ST_ID_SIZE, "%s",
             answer->file_urls_response->file_urls[0]->file_id);
}

START_TEST(files_come_by_another_way)
{
    st_client *client = make_seen(asks_for_a_file);
    char place[ST_ID_SIZE];
    St__Element *element;
    St__WidgetState state;

    check_text(2, "none");
    element = element_of(told[1]);
    snprintf(id, sizeof id, "%s", element->file_uploader->id);
    st__element__free_unpacked(element, NULL);

    ask_for_place(client, place);
    ck_assert_int_eq(
        st_client_put_file(client, "other", "a", "text/plain", strdup("x"), 1),
        ST_NOT_FOUND);
    ck_assert_int_eq(st_client_put_file(client, place, "a.txt", "text/plain",
                                        calloc(1, 1001), 1001),
                     ST_BAD_VALUE);
    ck_assert_int_eq(st_client_put_file(client, place, "a.txt", "text/plain",
                                        strdup("hello"), 5),
                     ST_OK);
    /* Twice it does not come. */
    ck_assert_int_eq(
        st_client_put_file(client, place, "b", "text/plain", strdup("x"), 1),
        ST_NOT_FOUND);
    state = with_file(id, place);
    for (int i = 0; i < 3; i++) {
        run_and_listen(client, &state, NULL);
        check_text(2, "a.txt");
        check_text(3, "hello");
    }
    ck_assert_int_eq(st_client_delete_file(client, place), ST_OK);
    ck_assert_int_eq(st_client_delete_file(client, place), ST_NOT_FOUND);
    state = with_file(id, NULL);
    run_and_listen(client, &state, NULL);
    check_text(2, "none");
    finish(client);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.client_run");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, values_come_from_the_browser);
    tcase_add_test(cases, values_that_make_no_sense_are_left);
    tcase_add_test(cases, requests_become_one_run);
    tcase_add_test(cases, a_page_may_ask_for_another_run);
    tcase_add_test(cases, files_come_by_another_way);
    suite_add_tcase(suite, cases);
    return suite;
}
