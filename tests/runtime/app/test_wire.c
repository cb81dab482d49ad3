#include "app/wire.h"

#include "../elements/wire_facts.h"

#include <stdlib.h>

Suite *memo_test_suite(void);

START_TEST(messages_are_those_of_the_front_end)
{
    read_facts();
    check_message(&st__forward_msg__descriptor);
    check_message(&st__back_msg__descriptor);
    ck_assert_uint_gt(checked_count, 20);
}
END_TEST

static St__ForwardMsg *read_packet(st_packet *packet)
{
    St__ForwardMsg *message;

    ck_assert_ptr_nonnull(packet);
    message = st__forward_msg__unpack(NULL, packet->size, packet->bytes);
    ck_assert_ptr_nonnull(message);
    free(packet);
    return message;
}

/* The bytes of an element are those that were packed when it was drawn. */
START_TEST(what_is_drawn_stands_in_its_place)
{
    const uint32_t path[] = {0, 3, 1};
    const st_wire_node node = {.path = path,
                               .path_size = 3,
                               .bytes = (const unsigned char *)"\x0a\x00",
                               .size = 2,
                               .is_block = _i == 1,
                               .hash = _i == 2 ? "abc" : NULL};
    St__ForwardMsg *message = read_packet(st_wire_drawn(&node));
    const ProtobufCBinaryData *bytes =
        _i == 1 ? &message->delta->add_block : &message->delta->new_element;

    ck_assert_uint_eq(message->metadata->n_delta_path, 3);
    ck_assert_uint_eq(message->metadata->delta_path[1], 3);
    ck_assert_int_eq(message->metadata->cacheable, _i == 2);
    ck_assert_str_eq(message->hash, _i == 2 ? "abc" : "");
    ck_assert_int_eq(message->delta->type_case,
                     _i == 1 ? ST__DELTA__TYPE_ADD_BLOCK
                             : ST__DELTA__TYPE_NEW_ELEMENT);
    ck_assert_mem_eq(bytes->data, node.bytes, 2);
    st__forward_msg__free_unpacked(message, NULL);
}
END_TEST

START_TEST(what_is_kept_is_named)
{
    const uint32_t path[] = {1, 0};
    const st_wire_node node = {.path = path, .path_size = 2, .hash = "abc"};
    St__ForwardMsg *message = read_packet(st_wire_kept(&node));

    ck_assert_int_eq(message->type_case, ST__FORWARD_MSG__TYPE_REF_HASH);
    ck_assert_str_eq(message->ref_hash, "abc");
    ck_assert_uint_eq(message->metadata->n_delta_path, 2);
    st__forward_msg__free_unpacked(message, NULL);
}
END_TEST

START_TEST(a_run_says_who_it_is)
{
    const st_run_facts told = {
        .name = "rods",
        .session_id = "0123",
        .run = 7,
        .theme = {.is_dark = true, .primary_color = "#ff0000"}};
    St__ForwardMsg *message = read_packet(st_wire_new_run(&told));
    const St__NewSession *run = message->new_session;

    ck_assert_str_eq(run->initialize->session_id, "0123");
    ck_assert_str_eq(run->initialize->environment_info->streamlit_version,
                     ST_FRONT_VERSION);
    ck_assert_str_eq(run->script_run_id, "7");
    ck_assert_str_eq(run->custom_theme->primary_color, "#ff0000");
    ck_assert_int_eq(run->config->gather_usage_stats, 0);
    st__forward_msg__free_unpacked(message, NULL);
}
END_TEST

START_TEST(runs_end_in_two_ways)
{
    St__ForwardMsg *message = read_packet(st_wire_finished(_i));

    ck_assert_int_eq(
        message->script_finished,
        _i ? ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_EARLY_FOR_RERUN
           : ST__FORWARD_MSG__SCRIPT_FINISHED_STATUS__FINISHED_SUCCESSFULLY);
    st__forward_msg__free_unpacked(message, NULL);
}
END_TEST

START_TEST(places_for_files_are_offered)
{
    static const char *const ids[] = {"a", "b"};
    const st_upload_places places = {.request_id = "r",
                                     .prefix = "/up/",
                                     .ids = ids,
                                     .count = 2,
                                     .error = _i ? "no" : NULL};
    St__ForwardMsg *message = read_packet(st_wire_upload_places(&places));
    const St__FileURLsResponse *response = message->file_urls_response;

    ck_assert_str_eq(response->response_id, "r");
    ck_assert_uint_eq(response->n_file_urls, _i ? 0 : 2);
    ck_assert_str_eq(response->error_msg, _i ? "no" : "");
    if (!_i)
        ck_assert_str_eq(response->file_urls[1]->upload_url, "/up/b");
    st__forward_msg__free_unpacked(message, NULL);
}
END_TEST

START_TEST(bytes_that_are_no_message_are_refused)
{
    static const unsigned char cut[] = {0x5a, 0x20, 0x0a};

    ck_assert_ptr_null(st_wire_read(cut, sizeof cut));
    ck_assert_ptr_null(st_wire_read("\xff\xff\xff\xff", 4));
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("app.wire");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, messages_are_those_of_the_front_end);
    tcase_add_loop_test(cases, what_is_drawn_stands_in_its_place, 0, 3);
    tcase_add_test(cases, what_is_kept_is_named);
    tcase_add_test(cases, a_run_says_who_it_is);
    tcase_add_loop_test(cases, runs_end_in_two_ways, 0, 2);
    tcase_add_loop_test(cases, places_for_files_are_offered, 0, 2);
    tcase_add_test(cases, bytes_that_are_no_message_are_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
