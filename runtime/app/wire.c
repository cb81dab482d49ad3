#include "app/wire.h"

#include "elements/message.h"

#include <stdio.h>
#include <stdlib.h>

static st_packet *pack(const St__ForwardMsg *message)
{
    st_packet *packet =
        st_packet_make(st__forward_msg__get_packed_size(message));

    if (packet)
        st__forward_msg__pack(message, packet->bytes);
    return packet;
}

/* ---- runs ---------------------------------------------------------------- */

st_packet *st_wire_new_run(const st_run_facts *facts)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;
    St__NewSession run = ST__NEW_SESSION__INIT;
    St__Initialize initialize = ST__INITIALIZE__INIT;
    St__UserInfo user = ST__USER_INFO__INIT;
    St__EnvironmentInfo environment = ST__ENVIRONMENT_INFO__INIT;
    St__SessionStatus status = ST__SESSION_STATUS__INIT;
    St__Config config = ST__CONFIG__INIT;
    St__CustomThemeConfig theme = ST__CUSTOM_THEME_CONFIG__INIT;
    St__AppPage page = ST__APP_PAGE__INIT, *pages[] = {&page};
    const st_theme *wanted = &facts->theme;
    char id[24];

    snprintf(id, sizeof id, "%llu", (unsigned long long)facts->run);
    user.installation_id = st_unconst("none");
    environment.streamlit_version = st_unconst(ST_FRONT_VERSION);
    environment.python_version = st_unconst("C11");
    environment.server_os = st_unconst("posix");
    status.script_is_running = true;
    initialize.user_info = &user;
    initialize.environment_info = &environment;
    initialize.session_status = &status;
    initialize.session_id = st_unconst(facts->session_id);
    config.max_cached_message_age = 2; /* runs */
    config.toolbar_mode = ST__CONFIG__TOOLBAR_MODE__AUTO;
    page.page_script_hash = st_unconst("main");
    page.page_name = st_unconst(facts->name);
    page.is_default = true;
    theme.base_theme = wanted->is_dark
                           ? ST__CUSTOM_THEME_CONFIG__BASE_THEME__DARK
                           : ST__CUSTOM_THEME_CONFIG__BASE_THEME__LIGHT;
    theme.primary_color = st_unconst(wanted->primary_color);
    theme.background_color = st_unconst(wanted->background_color);
    theme.secondary_background_color =
        st_unconst(wanted->secondary_background_color);
    theme.text_color = st_unconst(wanted->text_color);
    run.initialize = &initialize;
    run.script_run_id = id;
    run.name = run.main_script_path = st_unconst(facts->name);
    run.config = &config;
    if (wanted->is_dark || wanted->primary_color || wanted->background_color ||
        wanted->secondary_background_color || wanted->text_color)
        run.custom_theme = &theme;
    run.app_pages = pages;
    run.n_app_pages = 1;
    run.page_script_hash = run.main_script_hash = page.page_script_hash;
    message.type_case = ST__FORWARD_MSG__TYPE_NEW_SESSION;
    message.new_session = &run;
    return pack(&message);
}

st_packet *st_wire_is_running(bool is_running)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;
    St__SessionStatus status = ST__SESSION_STATUS__INIT;

    status.script_is_running = is_running;
    message.type_case = ST__FORWARD_MSG__TYPE_SESSION_STATUS_CHANGED;
    message.session_status_changed = &status;
    return pack(&message);
}

st_packet *st_wire_finished(bool is_early)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;

    message.type_case = ST__FORWARD_MSG__TYPE_SCRIPT_FINISHED;
    message.script_finished =
        is_early
            ? ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_EARLY_FOR_RERUN
            : ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_SUCCESSFULLY;
    return pack(&message);
}

st_packet *st_wire_query(const char *query)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;
    St__PageInfo info = ST__PAGE_INFO__INIT;

    info.query_string = st_unconst(query);
    message.type_case = ST__FORWARD_MSG__TYPE_PAGE_INFO_CHANGED;
    message.page_info_changed = &info;
    return pack(&message);
}

st_packet *st_wire_config(const void *bytes, size_t size)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;

    message.type_case = ST__FORWARD_MSG__TYPE_PAGE_CONFIG_CHANGED;
    message.page_config_changed =
        (ProtobufCBinaryData){size, (uint8_t *)(uintptr_t)bytes};
    return pack(&message);
}

st_packet *st_wire_alive(void)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;

    message.type_case = ST__FORWARD_MSG__TYPE_HEARTBEAT_ACK;
    message.heartbeat_ack = true;
    return pack(&message);
}

/* ---- what is drawn ------------------------------------------------------- */

static st_packet *pack_at(St__ForwardMsg *message, const st_wire_node *node)
{
    St__ForwardMsgMetadata metadata = ST__FORWARD_MSG_METADATA__INIT;

    metadata.cacheable = node->hash != NULL;
    metadata.delta_path = (uint32_t *)(uintptr_t)node->path;
    metadata.n_delta_path = node->path_size;
    metadata.active_script_hash = st_unconst("main");
    message->metadata = &metadata;
    return pack(message);
}

st_packet *st_wire_drawn(const st_wire_node *node)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;
    St__Delta delta = ST__DELTA__INIT;
    const ProtobufCBinaryData bytes = {node->size,
                                       (uint8_t *)(uintptr_t)node->bytes};

    if (node->is_block) {
        delta.type_case = ST__DELTA__TYPE_ADD_BLOCK;
        delta.add_block = bytes;
    } else {
        delta.type_case = ST__DELTA__TYPE_NEW_ELEMENT;
        delta.new_element = bytes;
    }
    message.type_case = ST__FORWARD_MSG__TYPE_DELTA;
    message.delta = &delta;
    message.hash = st_unconst(node->hash);
    return pack_at(&message, node);
}

st_packet *st_wire_kept(const st_wire_node *node)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;

    message.type_case = ST__FORWARD_MSG__TYPE_REF_HASH;
    message.ref_hash = st_unconst(node->hash);
    return pack_at(&message, node);
}

/* ---- uploads ------------------------------------------------------------- */

st_packet *st_wire_upload_places(const st_upload_places *places)
{
    St__ForwardMsg message = ST__FORWARD_MSG__INIT;
    St__FileURLsResponse response = ST__FILE_URLS_RESPONSE__INIT;
    St__FileURLs *all = calloc(places->count + 1, sizeof *all);
    St__FileURLs **list = calloc(places->count + 1, sizeof *list);
    char(*urls)[128] = calloc(places->count + 1, sizeof *urls);
    st_packet *packet = NULL;

    if (all && list && urls) {
        for (size_t i = 0; i < places->count; i++) {
            snprintf(urls[i], sizeof urls[i], "%s%s", places->prefix,
                     places->ids[i]);
            all[i] = (St__FileURLs)ST__FILE_URLS__INIT;
            all[i].file_id = st_unconst(places->ids[i]);
            all[i].upload_url = all[i].delete_url = urls[i];
            list[i] = &all[i];
        }
        response.response_id = st_unconst(places->request_id);
        response.file_urls = list;
        response.n_file_urls = places->error ? 0 : places->count;
        response.error_msg = st_unconst(places->error);
        message.type_case = ST__FORWARD_MSG__TYPE_FILE_URLS_RESPONSE;
        message.file_urls_response = &response;
        packet = pack(&message);
    }
    free(all);
    free(list);
    free(urls);
    return packet;
}

St__BackMsg *st_wire_read(const void *bytes, size_t size)
{
    return st__back_msg__unpack(NULL, size, bytes);
}
