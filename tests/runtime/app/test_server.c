/* A server on a socket, and clients that mean it well or ill: whatever they do,
 * others are served. */
#include "server_fixture.h"

#include "st.h"

Suite *memo_test_suite(void);

static void draw(void *unused)
{
    (void)unused;
    st_text("hello");
    if (st_button("Press"))
        st_text("pressed");
}

START_TEST(a_page_is_run_for_a_connection)
{
    int client = open_stream(), other = open_stream();

    for (int i = 0; i < 3; i++) {
        check_run(client);
        check_run(other);
    }
    close(client);
    check_run(other);
    close(other);
    check_alive();
}
END_TEST

/* ---- who is refused ------------------------------------------------------ */

static const struct {
    const char *path, *host, *origin; /* NULL: ours */
} strangers[] = {
    {"/_stcore/stream", NULL, "http://evil.example"},
    {"/_stcore/stream", "evil.example", "http://evil.example"},
    {"/_stcore/stream", NULL, ""},
    {"/", NULL, NULL},
    {"/_stcore/stream/../health", NULL, NULL},
};

START_TEST(connections_of_strangers_are_refused)
{
    char here[40];
    int client = dial();

    snprintf(here, sizeof here, "http://127.0.0.1:%u", port);
    put_handshake(client, strangers[_i].path,
                  strangers[_i].host ? strangers[_i].host : here + 7,
                  strangers[_i].origin ? strangers[_i].origin : here);
    ck_assert_int_ne(read_status(client), 101);
    close(client);
    check_alive();
}
END_TEST

static const struct {
    const char *request;
    int least, most; /* the status; 0: or none */
} requests[] = {
    {"GET /../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"GET /vendor/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
     400, 499},
    {"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, 421},
    {"GET / HTTP/1.1\r\n\r\n", 0, 499},
    {"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 499},
    {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 0,
     499},
    {"PUT /_stcore/upload_file/0/1 HTTP/1.1\r\nHost: localhost\r\nOrigin: "
     "http://localhost\r\nContent-Length: 99999999999\r\n\r\n",
     0, 499},
    {"PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 0, 499},
    {"DELETE /_stcore/upload_file/0/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 0,
     499},
    {"\r\n\r\n\r\n", 0, 499},
    {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 0, 499},
};

START_TEST(requests_that_make_no_sense_are_refused)
{
    int client = dial(), status = 0;
    char answer[16] = "";

    put_text(client, requests[_i].request);
    shutdown(client, SHUT_WR);
    get(client, answer, 15);
    sscanf(answer, "HTTP/1.1 %d", &status);
    ck_assert_int_ge(status, requests[_i].least);
    ck_assert_int_le(status, requests[_i].most);
    close(client);
    check_alive();
}
END_TEST

START_TEST(headers_without_end_are_cut)
{
    int client = dial();
    char line[1000];

    put_text(client, "GET / HTTP/1.1\r\nHost: localhost\r\n");
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 1000 && put(client, line, sizeof line); i++)
        ;
    ck_assert(is_closed(client));
    close(client);
    check_alive();
}
END_TEST

/* ---- messages ------------------------------------------------------------ */

START_TEST(messages_that_make_no_sense_end_their_connection)
{
    static const unsigned char noise[] = {0x5a, 0xff, 0x00, 0x17};
    int client = open_stream(), other = open_stream();

    switch (_i) {
    case 0: /* no message of the front end's */
        put_frame(client, FINAL | BINARY, MASKED, noise, sizeof noise);
        break;
    case 1: /* a text */
        put_frame(client, FINAL | TEXT, MASKED, "hello", 5);
        break;
    case 2: /* without a mask */
        put_frame(client, FINAL | BINARY, 0, noise, sizeof noise);
        break;
    case 3: /* a continuation of nothing */
        put_frame(client, FINAL | CONTINUED, MASKED, noise, sizeof noise);
        break;
    case 4: /* reserved bits */
        put_frame(client, FINAL | 0x70 | BINARY, MASKED, noise, sizeof noise);
        break;
    default: /* a reserved kind */
        put_frame(client, FINAL | 0x0b, MASKED, noise, sizeof noise);
        break;
    }
    ck_assert(is_closed(client));
    close(client);
    check_run(other);
    close(other);
    check_alive();
}
END_TEST

START_TEST(messages_without_end_are_cut)
{
    static unsigned char zeros[1 << 16];
    int client = open_stream();
    bool is_taken = true;
    size_t i;

    for (i = 0; i < 2 * ST_MOST_MESSAGE_BYTES / sizeof zeros && is_taken; i++)
        is_taken = put_frame(client, i == 0 ? BINARY : CONTINUED, MASKED, zeros,
                             sizeof zeros);
    ck_assert(!is_taken || is_closed(client));
    close(client);
    check_alive();
}
END_TEST

START_TEST(a_frame_that_is_too_long_is_cut)
{
    static unsigned char zeros[1 << 16];
    int client = open_stream();
    const unsigned char head[14] = {FINAL | BINARY, MASKED | 127, 0, 0, 1};
    bool is_taken = put(client, head, sizeof head);

    for (size_t i = 0; i < 2 * ST_MOST_MESSAGE_BYTES / sizeof zeros && is_taken;
         i++)
        is_taken = put(client, zeros, sizeof zeros);
    ck_assert(!is_taken || is_closed(client));
    close(client);
    check_alive();
}
END_TEST

/* Many values of widgets that nobody knows, as many as a message may hold. */
START_TEST(a_huge_state_is_read)
{
    enum { WIDGETS = 10000 };
    St__BackMsg message = ST__BACK_MSG__INIT;
    St__ClientState state = ST__CLIENT_STATE__INIT;
    St__WidgetStates states = ST__WIDGET_STATES__INIT;
    St__WidgetState *all = calloc(WIDGETS, sizeof *all);
    St__WidgetState **list = calloc(WIDGETS, sizeof *list);
    char(*ids)[40] = calloc(WIDGETS, sizeof *ids);
    int client = open_stream(), other = open_stream();
    unsigned char *bytes;
    size_t size;

    ck_assert(all && list && ids);
    for (int i = 0; i < WIDGETS; i++) {
        snprintf(ids[i], sizeof ids[i], "$$ID-%d-None", i);
        all[i] = (St__WidgetState)ST__WIDGET_STATE__INIT;
        all[i].id = ids[i];
        all[i].value_case = ST__WIDGET_STATE__VALUE_STRING_VALUE;
        all[i].string_value = ids[i];
        list[i] = &all[i];
    }
    states.widgets = list;
    states.n_widgets = WIDGETS;
    state.widget_states = &states;
    message.type_case = ST__BACK_MSG__TYPE_RERUN_SCRIPT;
    message.rerun_script = &state;
    size = st__back_msg__get_packed_size(&message);
    ck_assert_uint_lt(size, ST_MOST_MESSAGE_BYTES);
    bytes = malloc(size);
    ck_assert_ptr_nonnull(bytes);
    st__back_msg__pack(&message, bytes);
    ck_assert(put_frame(client, FINAL | BINARY, MASKED, bytes, size));
    check_run(other);
    check_end(client);
    free(bytes);
    free(all);
    free(list);
    free(ids);
    close(client);
    close(other);
}
END_TEST

/* ---- many ---------------------------------------------------------------- */

START_TEST(connections_may_come_and_go)
{
    const char *depth = getenv("MEMO_TEST_DEPTH");
    int count = depth && strcmp(depth, "deep") == 0 ? 10000 : 2000;

    for (int i = 0; i < count; i++) {
        int client = dial();

        if (i % 3 == 1)
            put_text(client, "GET / HT");
        if (i % 3 == 2)
            put_handshake(client, "/_stcore/stream", "localhost",
                          "http://localhost");
        close(client);
    }
    check_alive();
}
END_TEST

/* Who says nothing takes a place, and no more. */
START_TEST(silence_is_borne)
{
    int silent[200], client;

    for (int i = 0; i < 200; i++)
        silent[i] = dial();
    client = open_stream();
    check_run(client);
    check_alive();
    for (int i = 0; i < 200; i++)
        close(silent[i]);
    close(client);
}
END_TEST

START_TEST(tabs_are_bounded)
{
    int clients[50], one_more;

    for (int i = 0; i < 50; i++)
        clients[i] = open_stream();
    one_more = open_stream();
    ck_assert(is_closed(one_more));
    close(one_more);
    check_run(clients[7]);
    for (int i = 0; i < 50; i++)
        close(clients[i]);
    check_alive();
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.server");
    TCase *cases = tcase_create("cases");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_test(cases, a_page_is_run_for_a_connection);
    tcase_add_loop_test(cases, connections_of_strangers_are_refused, 0,
                        sizeof strangers / sizeof *strangers);
    tcase_add_loop_test(cases, requests_that_make_no_sense_are_refused, 0,
                        sizeof requests / sizeof *requests);
    tcase_add_test(cases, headers_without_end_are_cut);
    tcase_add_loop_test(cases, messages_that_make_no_sense_end_their_connection,
                        0, 6);
    tcase_add_test(cases, messages_without_end_are_cut);
    tcase_add_test(cases, a_frame_that_is_too_long_is_cut);
    tcase_add_test(cases, a_huge_state_is_read);
    tcase_add_test(cases, connections_may_come_and_go);
    tcase_add_test(cases, silence_is_borne);
    tcase_add_test(cases, tabs_are_bounded);
    suite_add_tcase(suite, cases);
    return suite;
}
