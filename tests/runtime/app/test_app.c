/* What is answered to whom; no sockets. */
#include "app/app.h"
#include "app/id.h"

#include "app/front.h"
#include "elements/media.h"
#include "st.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *memo_test_suite(void);

static const char folder[] = MEMO_TEST_SCRATCH_DIR "/front";

static void write_file(const char *name, const char *text)
{
    char path[500];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void make_front(void)
{
    mkdir(folder, 0700);
    mkdir(MEMO_TEST_SCRATCH_DIR "/front/vendor", 0700);
    write_file("index.html", "<!doctype html>");
    write_file("boot.js", "boot()");
    write_file("vendor/a-1b2c.js", "plain");
    write_file("vendor/a-1b2c.js.gz", "packed");
    write_file(".stamp", "secret");
    write_file("../secret.txt", "secret");
}

/* ---- an app -------------------------------------------------------------- */

static st_options options;
static st_app *app;

static void draw(void *unused)
{
    (void)unused;
    st_text("page");
}

static void wake(void *unused)
{
    (void)unused;
}

static void begin(void)
{
    static char *argv[] = {(char *)(uintptr_t) "test", NULL};

    make_front();
    ck_assert_int_eq(st_options_read(&options, 1, argv, NULL), ST_OK);
    options.max_sessions = 3;
    options.max_upload_mb = 1;
    app = st_app_create(&(st_app_facts){.options = &options,
                                        .front = folder,
                                        .name = "test",
                                        .draw = draw,
                                        .wake = wake});
    ck_assert_ptr_nonnull(app);
}

static void end(void)
{
    ck_assert(st_app_destroy(app));
    st_options_finish(&options);
}

static st_ask ask_for(const char *path)
{
    return (st_ask){.method = ST_GET,
                    .path = path,
                    .query = "",
                    .host = "127.0.0.1:8501",
                    .origin = "",
                    .range = "",
                    .encodings = ""};
}

static const char *header(const st_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    }
    return "";
}

static void check_reply(const st_ask *ask, unsigned status, const char *body)
{
    st_reply reply;

    st_app_reply(&reply, app, ask);
    ck_assert_msg(reply.status == status, "%s is answered by %u, not %u",
                  ask->path, reply.status, status);
    if (body) {
        ck_assert_uint_eq(reply.size, strlen(body));
        ck_assert_mem_eq(reply.bytes, body, reply.size);
    }
    ck_assert_str_eq(header(&reply, "x-content-type-options:"), "nosniff");
    st_reply_finish(&reply);
}

/* ---- paths --------------------------------------------------------------- */

static const struct {
    const char *base, *path;
    unsigned status;
    const char *body; /* NULL: any */
} paths[] = {
    {"", "/", 200, "<!doctype html>"},
    {"", "/index.html", 200, "<!doctype html>"},
    {"", "/boot.js", 200, "boot()"},
    {"", "/vendor/a-1b2c.js", 200, "plain"},
    {"", "/_stcore/health", 200, "ok"},
    {"", "/_stcore/host-config", 200, NULL},
    {"", "/_stcore/other", 404, NULL},
    {"", "/nothing", 404, NULL},
    {"", "/vendor", 404, NULL},
    {"", "/vendor/", 404, NULL},
    {"", "/.stamp", 404, NULL},
    {"", "/../secret.txt", 404, NULL},
    {"", "/vendor/../../secret.txt", 404, NULL},
    {"", "//etc/passwd", 404, NULL},
    {"", "/vendor/%2e%2e/x", 404, NULL},
    {"", "/media/nothing.png", 404, NULL},
    {"/a/b", "/a/b/", 200, "<!doctype html>"},
    {"/a/b", "/a/b/_stcore/health", 200, "ok"},
    {"/a/b", "/a/b", 308, NULL},
    {"/a/b", "/a/bc/", 404, NULL},
    {"/a/b", "/", 404, NULL},
    {"/a/b", "/_stcore/health", 404, NULL},
};

START_TEST(paths_lead_to_what_is_there)
{
    const st_ask ask = ask_for(paths[_i].path);

    options.base_path = paths[_i].base;
    check_reply(&ask, paths[_i].status, paths[_i].body);
}
END_TEST

START_TEST(files_are_packed_for_who_can_read_that)
{
    st_ask ask = ask_for("/vendor/a-1b2c.js");
    st_reply reply;

    ask.encodings = "br, gzip";
    st_app_reply(&reply, app, &ask);
    ck_assert_mem_eq(reply.bytes, "packed", 6);
    ck_assert_str_eq(header(&reply, "content-encoding:"), "gzip");
    ck_assert_ptr_nonnull(
        strstr(header(&reply, "cache-control:"), "immutable"));
    st_reply_finish(&reply);
}
END_TEST

START_TEST(the_page_has_a_policy)
{
    static const char *const origins[] = {"https://example.org"};
    const st_ask ask = ask_for("/");
    st_reply reply;

    st_app_reply(&reply, app, &ask);
    ck_assert_ptr_nonnull(strstr(header(&reply, "content-security-policy:"),
                                 "script-src 'self'"));
    ck_assert_ptr_null(
        strstr(header(&reply, "content-security-policy:"), "example.org"));
    st_reply_finish(&reply);
    ck_assert(st_app_destroy(app));
    free(options.origins);
    options.origins = (const char **)(uintptr_t)origins;
    options.origin_count = 1;
    app = st_app_create(&(st_app_facts){.options = &options,
                                        .front = folder,
                                        .name = "test",
                                        .draw = draw,
                                        .wake = wake});
    st_app_reply(&reply, app, &ask);
    ck_assert_ptr_nonnull(strstr(header(&reply, "content-security-policy:"),
                                 "img-src 'self' data: blob: "
                                 "https://example.org"));
    st_reply_finish(&reply);
    options.origins = NULL;
}
END_TEST

START_TEST(what_cannot_be_done_is_refused)
{
    static const st_method methods[] = {ST_PUT, ST_DELETE, ST_OTHER};
    st_ask ask = ask_for("/");

    ask.method = methods[_i];
    check_reply(&ask, 405, NULL);
}
END_TEST

/* ---- who asks ------------------------------------------------------------ */

static const struct {
    const char *host, *allowed; /* NULL: no name is */
    bool is_ours;
} hosts[] = {
    {"localhost", NULL, true},
    {"LOCALHOST:8501", NULL, true},
    {"127.0.0.1:8501", NULL, true},
    {"192.168.1.7", NULL, true},
    {"[::1]:8501", NULL, true},
    {"", NULL, false},
    {"evil.example:8501", NULL, false},
    {"127.0.0.1.evil.example", NULL, false},
    {"localhost.evil.example", NULL, false},
    {"rods.example:443", "rods.example", true},
    {"other.example", "rods.example", false},
};

START_TEST(hosts_are_known_by_their_names)
{
    st_ask ask = ask_for("/_stcore/health");

    ask.host = hosts[_i].host;
    options.host_count = hosts[_i].allowed != NULL;
    options.hosts[0] = hosts[_i].allowed;
    check_reply(&ask, hosts[_i].is_ours ? 200 : 421, NULL);
}
END_TEST

static const struct {
    const char *path, *origin;
    bool is_secure, is_ours;
} origins[] = {
    {"/_stcore/stream", "http://127.0.0.1:8501", false, true},
    {"/_stcore/stream", "HTTP://127.0.0.1:8501", false, true},
    {"/_stcore/stream", "https://127.0.0.1:8501", true, true},
    {"/_stcore/stream", "https://127.0.0.1:8501", false, false},
    {"/_stcore/stream", "http://127.0.0.1", false, false},
    {"/_stcore/stream", "http://127.0.0.1:8501.evil.example", false, false},
    {"/_stcore/stream", "http://evil.example", false, false},
    {"/_stcore/stream", "null", false, false},
    {"/_stcore/stream", "", false, false},
    {"/", "http://127.0.0.1:8501", false, false},
};

START_TEST(connections_come_from_our_own_pages)
{
    st_ask ask = ask_for(origins[_i].path);

    ask.origin = origins[_i].origin;
    ask.is_secure = origins[_i].is_secure;
    ck_assert_int_eq(st_app_refuse(app, &ask) == NULL, origins[_i].is_ours);
}
END_TEST

/* ---- tabs ---------------------------------------------------------------- */

START_TEST(a_tab_that_comes_back_is_the_same_one)
{
    st_client *one = st_app_connect(app, "");
    st_client *other = st_app_connect(app, "nobody's");
    char id[ST_ID_SIZE];

    ck_assert_ptr_ne(one, other);
    snprintf(id, sizeof id, "%s", st_client_id(one));
    /* It is connected: this is a tab that was duplicated. */
    ck_assert_ptr_ne(st_app_connect(app, id), one);
    st_app_disconnect(app, one);
    ck_assert_ptr_eq(st_app_connect(app, id), one);
}
END_TEST

START_TEST(tabs_are_bounded)
{
    st_client *clients[3];

    for (int i = 0; i < 3; i++)
        clients[i] = st_app_connect(app, "");
    ck_assert_ptr_nonnull(clients[2]);
    ck_assert_ptr_null(st_app_connect(app, ""));
    /* One that was closed makes room before its time. */
    st_app_disconnect(app, clients[1]);
    ck_assert_ptr_nonnull(st_app_connect(app, ""));
    ck_assert_ptr_null(st_app_connect(app, ""));
}
END_TEST

START_TEST(tabs_that_were_closed_are_forgotten_after_a_while)
{
    const uint64_t second = 1000000000;
    st_client *client = st_app_connect(app, "");
    char id[ST_ID_SIZE];

    snprintf(id, sizeof id, "%s", st_client_id(client));
    st_app_disconnect(app, client);
    st_app_tick(app, 1 * second);
    st_app_tick(app, 100 * second);
    ck_assert_ptr_eq(st_app_connect(app, id), client);
    st_app_disconnect(app, client);
    st_app_tick(app, 101 * second);
    st_app_tick(app, 300 * second);
    client = st_app_connect(app, id);
    ck_assert_str_ne(st_client_id(client), id);
}
END_TEST

/* ---- uploads ------------------------------------------------------------- */

/* Ask for a place as a browser does, and write down where it is. */
static void find_place(st_client *client, char *path, size_t room)
{
    /* file_urls_request: request_id "r", file_names "a" */
    static const unsigned char request[] = {0x82, 0x01, 0x06, 0x0a, 0x01,
                                            'r',  0x12, 0x01, 'a'};
    const char *why;
    St__ForwardMsg *answer;
    st_packet *packet;

    ck_assert(
        st_client_receive(client, st_wire_read(request, sizeof request), &why));
    packet = st_client_take(client);
    ck_assert_ptr_nonnull(packet);
    answer = st__forward_msg__unpack(NULL, packet->size, packet->bytes);
    ck_assert_uint_eq(answer->file_urls_response->n_file_urls, 1);
    snprintf(path, room, "%s",
             answer->file_urls_response->file_urls[0]->upload_url);
    st__forward_msg__free_unpacked(answer, NULL);
    free(packet);
}

START_TEST(files_are_taken_for_tabs_only)
{
    st_client *client = st_app_connect(app, "");
    char path[200];
    st_ask ask = ask_for(path);
    st_reply reply;
    const char *id;

    ask.method = ST_PUT;
    ask.origin = "http://127.0.0.1:8501";
    find_place(client, path, sizeof path);
    ck_assert_ptr_eq(st_app_find_upload(&reply, app, &ask, &id), client);
    ck_assert_str_eq(id, strrchr(path, '/') + 1);
    ask.origin = "http://evil.example";
    ck_assert_ptr_null(st_app_find_upload(&reply, app, &ask, &id));
    ck_assert_uint_eq(reply.status, 403);
    ask.origin = "http://127.0.0.1:8501";
    strcat(path, "0"); /* nobody has asked for that one */
    ck_assert_ptr_null(st_app_find_upload(&reply, app, &ask, &id));
    ck_assert_uint_eq(reply.status, 404);
    snprintf(path, sizeof path, "/_stcore/upload_file/0123/abc");
    ck_assert_ptr_null(st_app_find_upload(&reply, app, &ask, &id));
    ck_assert_uint_eq(reply.status, 404);
    snprintf(path, sizeof path, "/_stcore/upload_file/");
    ck_assert_ptr_null(st_app_find_upload(&reply, app, &ask, &id));
    ck_assert_uint_eq(reply.status, 404);
}
END_TEST

START_TEST(bodies_have_to_be_files)
{
    static const struct {
        const char *type, *body;
        unsigned status;
    } bodies[] = {
        {"text/plain", "hello", 400},
        {"multipart/form-data; boundary=x", "--x", 400},
        {"multipart/form-data; boundary=x",
         "--x\r\nx; filename=\"a\"\r\n\r\nhello\r\n--x--", 204},
    };
    st_client *client = st_app_connect(app, "");
    char path[200];
    st_ask ask = ask_for(path);
    st_reply reply;

    ask.method = ST_PUT;
    ask.origin = "http://127.0.0.1:8501";
    find_place(client, path, sizeof path);
    st_app_take_upload(&reply, app, &ask, bodies[_i].type,
                       strdup(bodies[_i].body), strlen(bodies[_i].body));
    ck_assert_uint_eq(reply.status, bodies[_i].status);
}
END_TEST

/* ---- media --------------------------------------------------------------- */

static const struct {
    const char *mime, *name; /* what the program says */
    const char *sent, *policy;
} media[] = {
    {"text/csv", "name=a b", "text/csv", "sandbox"},
    {"text/html", "", "text/html; charset=utf-8", "sandbox allow-scripts"},
    {"text/html; frame=https://example.org", "", "text/html; charset=utf-8",
     "frame-src https://example.org"},
    /* What a person may have said to the program. */
    {"text/html; frame=x; script-src 'unsafe-inline'", "",
     "text/html; charset=utf-8", "sandbox allow-scripts"},
    {"text/plain\r\nx-evil: 1", "", "application/octet-stream", "sandbox"},
};

START_TEST(media_run_nothing_in_our_name)
{
    st_page *page = st_page_create();
    const char *url = st_media_show(page, "bytes", 5, media[_i].mime);
    st_ask ask = ask_for(url);
    st_reply reply;

    ask.query = media[_i].name;
    st_app_reply(&reply, app, &ask);
    ck_assert_uint_eq(reply.status, 200);
    ck_assert_str_eq(reply.mime, media[_i].sent);
    ck_assert_ptr_nonnull(
        strstr(header(&reply, "content-security-policy:"), media[_i].policy));
    ck_assert_str_eq(header(&reply, "content-disposition:"),
                     *media[_i].name ? "attachment; filename*=UTF-8''a%20b"
                                     : "");
    st_reply_finish(&reply);
    st_page_destroy(page);
}
END_TEST

/* ---- without the front end ----------------------------------------------- */

START_TEST(a_front_end_that_is_missing_is_made_by_a_command)
{
    const char *found;
    st_failure error = {ST_OK, ""};

    ck_assert_int_eq(st_front_find(&found, "/nowhere", &error), ST_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.text, "'/nowhere'"));
    ck_assert_ptr_nonnull(strstr(error.text, "sh runtime/app/front/make"));
    setenv("MEMO_FRONT_DIR", folder, 1);
    ck_assert_int_eq(st_front_find(&found, NULL, &error), ST_OK);
    ck_assert_str_eq(found, folder);
}
END_TEST

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.app");
    TCase *cases = tcase_create("cases");

    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_loop_test(cases, paths_lead_to_what_is_there, 0, COUNT_OF(paths));
    tcase_add_test(cases, files_are_packed_for_who_can_read_that);
    tcase_add_test(cases, the_page_has_a_policy);
    tcase_add_loop_test(cases, what_cannot_be_done_is_refused, 0, 3);
    tcase_add_loop_test(cases, hosts_are_known_by_their_names, 0,
                        COUNT_OF(hosts));
    tcase_add_loop_test(cases, connections_come_from_our_own_pages, 0,
                        COUNT_OF(origins));
    tcase_add_test(cases, a_tab_that_comes_back_is_the_same_one);
    tcase_add_test(cases, tabs_are_bounded);
    tcase_add_test(cases, tabs_that_were_closed_are_forgotten_after_a_while);
    tcase_add_test(cases, files_are_taken_for_tabs_only);
    tcase_add_loop_test(cases, bodies_have_to_be_files, 0, 3);
    tcase_add_loop_test(cases, media_run_nothing_in_our_name, 0,
                        COUNT_OF(media));
    tcase_add_test(cases, a_front_end_that_is_missing_is_made_by_a_command);
    suite_add_tcase(suite, cases);
    return suite;
}
