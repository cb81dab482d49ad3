/* fuzz_app.c -- what a browser may say to an app, and who asks for what by
 * HTTP.
 *
 * An input is a script that makes widgets' values and then breaks the message's
 * bytes, bytes that are taken for a message, a request's line and headers, or
 * the body of an upload.  The page is run after each message; whatever was
 * said, it is drawn to its end.
 */
#include "fuzz/driver.h"

#include "app/app.h"
#include "app/multipart.h"
#include "elements/messages.pb-c.h"
#include "st.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first byte says what the others are. */
const char *const fuzz_seeds[] = {
    "s",
    "sAaBbCcDdEe",
    "sFfGgHhIiJjKkLlMmNnOoPp",
    "s001122334455667788",
    "b",
    "b\x5a\x02\x0a\x04",
    "b\x5a\x0e\x12\x0c\x0a\x0a\x0a\x02ID\x18\x01",
    "b\x82\x01\x04\x0a\x02id",
    "b\x38\x01",
    "b\x28\x01",
    "h1/\n127.0.0.1\nhttp://127.0.0.1\nbytes=0-5\n",
    "h1/_stcore/health\nlocalhost\n\n\n",
    "h1/media/0123.png?name=a%20b\nlocalhost\n\nbytes=-5\n",
    "h4/_stcore/upload_file/0123/4567\nlocalhost\nhttp://localhost\n\n",
    "h1/base/vendor/../../x\n[::1]:80\n\n\n",
    "mmultipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; "
    "filename=\"a\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n",
    NULL,
};

const char *const fuzz_words[] = {
    "/",           "..",   "%2e",       "\r\n\r\n", "--x",
    "boundary=",   "\x5a", "\x0a",      "\x12",     "\xff\xff\xff\xff\x0f",
    "\x80",        "\n",   "filename=", "bytes=",   "-",
    "99999999999", "$$ID", "://",       "[",        "]",
    NULL,
};

/* ---- a page with all widgets --------------------------------------------- */

static int runs;

static void draw(void *unused)
{
    static const char *const words[] = {"one", "two", "three", NULL};
    const st_file *file;

    (void)unused;
    if (st_button("Press"))
        st_text("pressed");
    st_write(st_checkbox("Check"));
    st_write(st_radio("Radio", words));
    st_write(st_selectbox("Select", words));
    st_multiselect("Many", words);
    st_write(st_slider("Slider", .max = 9));
    st_slider_range("Range", .max = 9);
    st_select_slider("Words", words);
    st_write(st_number_input("Number", .max = 9));
    st_text(st_text_input("Text"));
    st_text(st_text_area("Area"));
    st_date_input("Date");
    st_time_input("Time");
    st_text(st_color_picker("Colour"));
    file = st_file_uploader("File", .multiple = true);
    st_text(file ? file->name : "none");
    st_in(st_form("form"))
    {
        st_form_submit_button("Send");
    }
    runs++;
}

static st_client *queued;

static void wake(void *unused)
{
    (void)unused;
}

static bool enqueue(void *unused, st_client *client)
{
    (void)unused;
    queued = client;
    return true;
}

static void run_queued(void)
{
    while (queued) {
        st_client *client = queued;

        queued = NULL;
        runs = 0;
        st_client_run(client);
        FUZZ_CHECK(runs == 1);
    }
}

static const st_host host = {.draw = draw,
                             .name = "fuzz",
                             .most_queued_bytes = 1 << 20,
                             .most_upload_bytes = 1 << 10,
                             .wake = wake,
                             .enqueue = enqueue};

/* ---- the ids of its widgets ---------------------------------------------- */

enum { MOST_WIDGETS = 40 };

static char ids[MOST_WIDGETS][80];
static size_t id_count;

/* Ids stand in packed elements as they are. */
static void find_ids(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i + 5 < size && id_count < MOST_WIDGETS; i++) {
        if (memcmp(bytes + i, "$$ID-", 5) != 0)
            continue;
        snprintf(ids[id_count++], sizeof ids[0], "%.*s", (int)bytes[i - 1],
                 (const char *)bytes + i);
        return;
    }
}

static void listen(st_client *client)
{
    st_packet *packet;

    while ((packet = st_client_take(client))) {
        St__ForwardMsg *message =
            st__forward_msg__unpack(NULL, packet->size, packet->bytes);

        FUZZ_CHECK(message != NULL);
        st__forward_msg__free_unpacked(message, NULL);
        if (id_count < MOST_WIDGETS)
            find_ids(packet->bytes, packet->size);
        free(packet);
    }
}

static void say(st_client *client, const unsigned char *bytes, size_t size)
{
    St__BackMsg *message = st_wire_read(bytes, size);
    const char *why = NULL;

    if (message)
        st_client_receive(client, message, &why);
    run_queued();
    listen(client);
}

static const unsigned char ask_for_run[] = {0x5a, 0x00};

static st_client *make_client(void)
{
    st_client *client = st_client_create(&host);

    FUZZ_CHECK(client != NULL);
    st_client_connect(client, true);
    id_count = 0;
    say(client, ask_for_run, sizeof ask_for_run);
    FUZZ_CHECK(id_count > 10);
    return client;
}

/* ---- messages ------------------------------------------------------------ */

static void try_bytes(const unsigned char *bytes, size_t size)
{
    st_client *client = make_client();

    say(client, bytes, size);
    say(client, bytes, size);
    say(client, ask_for_run, sizeof ask_for_run);
    st_client_drop(client);
}

/* A value of one kind or another; its number says what it holds. */
static void fill(St__WidgetState *out, unsigned char byte)
{
    static double numbers[] = {1, 2, -1, 1e308, 0.0 / 0.0};
    static int64_t integers[] = {1, -5, INT64_MAX, INT64_MIN};
    static char texts[][12] = {"one", "2026-01-31", "23:59", "\xff\xfe", ""};
    static char *list[] = {texts[0], texts[1], texts[3], texts[4]};
    static St__DoubleArray doubles = ST__DOUBLE_ARRAY__INIT;
    static St__SInt64Array many = ST__SINT64_ARRAY__INIT;
    static St__StringArray words = ST__STRING_ARRAY__INIT;
    static St__UploadedFileInfo info = ST__UPLOADED_FILE_INFO__INIT;
    static St__UploadedFileInfo *infos[] = {&info};
    static St__FileUploaderState files = ST__FILE_UPLOADER_STATE__INIT;
    unsigned which = byte / 16 % 5;

    out->value_case = (St__WidgetState__ValueCase)(byte % 11);
    switch (out->value_case) {
    case ST__WIDGET_STATE__VALUE_TRIGGER_VALUE:
    case ST__WIDGET_STATE__VALUE_BOOL_VALUE:
        out->bool_value = which % 2;
        break;
    case ST__WIDGET_STATE__VALUE_DOUBLE_VALUE:
        out->double_value = numbers[which];
        break;
    case ST__WIDGET_STATE__VALUE_INT_VALUE:
        out->int_value = integers[which % 4];
        break;
    case ST__WIDGET_STATE__VALUE_STRING_VALUE:
        out->string_value = texts[which];
        break;
    case ST__WIDGET_STATE__VALUE_DOUBLE_ARRAY_VALUE:
        doubles.data = numbers;
        doubles.n_data = which;
        out->double_array_value = &doubles;
        break;
    case ST__WIDGET_STATE__VALUE_INT_ARRAY_VALUE:
        many.data = integers;
        many.n_data = which % 4;
        out->int_array_value = &many;
        break;
    case ST__WIDGET_STATE__VALUE_STRING_ARRAY_VALUE:
        words.data = list;
        words.n_data = which % 4;
        out->string_array_value = &words;
        break;
    default:
        out->value_case = ST__WIDGET_STATE__VALUE_FILE_UPLOADER_STATE_VALUE;
        info.file_id = texts[which];
        files.uploaded_file_info = infos;
        files.n_uploaded_file_info = which % 2;
        out->file_uploader_state_value = &files;
        break;
    }
}

/* Two bytes make a widget's value; what is left breaks the message. */
static void try_script(const unsigned char *bytes, size_t size)
{
    St__WidgetState states[8], *list[8];
    St__WidgetStates all = ST__WIDGET_STATES__INIT;
    St__ClientState state = ST__CLIENT_STATE__INIT;
    St__BackMsg message = ST__BACK_MSG__INIT;
    st_client *client = make_client();
    unsigned char packed[4000];
    size_t packed_size;

    for (; all.n_widgets < 8 && size >= 2; size -= 2, bytes += 2) {
        size_t i = all.n_widgets++;

        states[i] = (St__WidgetState)ST__WIDGET_STATE__INIT;
        states[i].id = ids[bytes[0] % id_count];
        fill(&states[i], bytes[1]);
        list[i] = &states[i];
    }
    all.widgets = list;
    state.widget_states = &all;
    message.type_case = ST__BACK_MSG__TYPE_RERUN_SCRIPT;
    message.rerun_script = &state;
    packed_size = st__back_msg__get_packed_size(&message);
    FUZZ_CHECK(packed_size < sizeof packed);
    st__back_msg__pack(&message, packed);
    for (; size >= 2 && packed_size > 0; size -= 2, bytes += 2)
        packed[(size_t)bytes[0] * 7 % packed_size] = bytes[1];
    say(client, packed, packed_size);
    say(client, ask_for_run, sizeof ask_for_run);
    st_client_drop(client);
}

/* ---- HTTP ---------------------------------------------------------------- */

/* The text up to the next newline; "" behind the last one. */
static char *next_line(char **at)
{
    char *line = *at, *end = strchr(line, '\n');

    if (end) {
        *end = '\0';
        *at = end + 1;
    } else {
        *at = line + strlen(line);
    }
    return line;
}

static void check_reply(st_reply *reply)
{
    FUZZ_CHECK(reply->status >= 200 && reply->status < 600);
    for (size_t i = 0; i < reply->header_count; i++)
        FUZZ_CHECK(!strpbrk(reply->headers[i].value, "\r\n"));
    st_reply_finish(reply);
}

static void try_request(const unsigned char *bytes, size_t size)
{
    const st_options options = {.base_path = size % 2 ? "/base" : "",
                                .max_sessions = 2,
                                .max_runs = 1,
                                .max_upload_mb = 1};
    st_app *app = st_app_create(&(st_app_facts){.options = &options,
                                                .front = "/nonexistent",
                                                .name = "fuzz",
                                                .draw = draw,
                                                .wake = wake});
    char *text = calloc(1, size + 2), *at = text + 1;
    st_ask ask = {.encodings = "gzip"};
    st_reply reply;

    FUZZ_CHECK(app && text);
    memcpy(text, size > 0 ? (const char *)bytes : "", size);
    ask.method = (st_method)((unsigned char)text[0] % 5);
    ask.path = next_line(&at);
    ask.host = next_line(&at);
    ask.origin = next_line(&at);
    ask.range = next_line(&at);
    ask.query = at;
    st_app_reply(&reply, app, &ask);
    check_reply(&reply);
    st_app_refuse(app, &ask);
    st_app_take_upload(&reply, app, &ask, "multipart/form-data; boundary=x",
                       strdup("--x"), 3);
    check_reply(&reply);
    FUZZ_CHECK(st_app_destroy(app));
    free(text);
}

static void try_form(const unsigned char *bytes, size_t size)
{
    char *text = calloc(1, size + 1), *at = text, *type;
    st_part part;
    size_t left;

    FUZZ_CHECK(text != NULL);
    memcpy(text, bytes, size);
    type = next_line(&at);
    left = size - (size_t)(at - text) * (at <= text + size);
    if (st_multipart_find(&part, type, at, left)) {
        FUZZ_CHECK(part.bytes >= at && part.bytes + part.size <= at + left);
        FUZZ_CHECK(part.name >= at && part.name + part.name_size <= at + left);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    switch (data[0]) {
    case 's':
        try_script(data + 1, size - 1);
        break;
    case 'b':
        try_bytes(data + 1, size - 1);
        break;
    case 'h':
        try_request(data + 1, size - 1);
        break;
    default:
        try_form(data + 1, size - 1);
        break;
    }
    return 0;
}
