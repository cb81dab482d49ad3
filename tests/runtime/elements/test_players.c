/* Sounds and films. */
#include "shown.h"

#include <math.h>

Suite *memo_test_suite(void);

static void draw_audio(void *audio)
{
    st_draw_audio(audio);
}

static void draw_video(void *video)
{
    st_draw_video(video);
}

/* The media of the page's first sound or film. */
static const char *media_of(const st_test *test, const char *kind, size_t *size,
                            const char **mime)
{
    St__Element *element = unpack_element(test, kind);
    const char *url =
        strcmp(kind, "audio") == 0 ? element->audio->url : element->video->url;
    const char *bytes = st_test_media(test, url, size, mime);

    st__element__free_unpacked(element, NULL);
    ck_assert_ptr_nonnull(bytes);
    return bytes;
}

/* ---- messages ------------------------------------------------------------ */

START_TEST(a_sound_is_played_as_it_is_told)
{
    struct st_audio audio = {.source = "https://example.org/a.mp3",
                             .start_time = 3,
                             .end_time = 9,
                             .loop = true,
                             .autoplay = true};

    check_shown(draw_audio, &audio,
                "audio start_time=3 url=\"https://example.org/a.mp3\" "
                "end_time=9 loop=true autoplay=true");
}
END_TEST

START_TEST(a_film_is_played_as_it_is_told)
{
    struct st_video video = {.source = "https://example.org/a.mp4",
                             .start_time = 3,
                             .end_time = 9,
                             .loop = true,
                             .autoplay = true,
                             .muted = true};

    check_shown(draw_video, &video,
                "video start_time=3 type=NATIVE "
                "url=\"https://example.org/a.mp4\" end_time=9 loop=true "
                "autoplay=true muted=true");
}
END_TEST

static void draw_both(void *width)
{
    st_audio("https:a", .width = *(unsigned *)width);
    st_video("https:a", .width = *(unsigned *)width);
}

START_TEST(they_are_as_wide_as_there_is_room)
{
    unsigned width = _i ? 300 : 0;
    st_test *test = st_test_create(draw_both, &width);
    St__Element *audio, *video;

    st_test_run(test);

    audio = unpack_element(test, "audio");
    video = unpack_element(test, "video");
    ck_assert_int_eq(width_of(audio), (int)width);
    ck_assert_int_eq(width_of(video), (int)width);
    st__element__free_unpacked(audio, NULL);
    st__element__free_unpacked(video, NULL);
    st_test_destroy(test);
}
END_TEST

/* ---- sources ------------------------------------------------------------- */

START_TEST(samples_become_a_wav)
{
    static const double samples[] = {0, 1, 0, -1};
    struct st_audio audio = {.sound = {samples, 4, 8000, 0}};
    st_test *test = st_test_create(draw_audio, &audio);
    const char *mime, *bytes;
    size_t size;

    st_test_run(test);

    bytes = media_of(test, "audio", &size, &mime);
    ck_assert_uint_eq(size, 44 + 8);
    ck_assert_mem_eq(bytes + 44, "\0\0\xff\x7f\0\0\x01\x80", 8);
    ck_assert_str_eq(mime, "audio/wav");
    st_test_destroy(test);
}
END_TEST

START_TEST(bytes_are_of_the_type_that_is_named_or_their_own)
{
    static const struct {
        const char *bytes, *format, *expected;
    } types[] = {{"OggS", NULL, "audio/ogg"},
                 {"OggS", "video/ogg", "video/ogg"},
                 {"strange", "audio/x-strange", "audio/x-strange"},
                 {"OggS", "", "audio/ogg"}};
    struct st_video video = {.bytes = types[_i].bytes,
                             .size = strlen(types[_i].bytes),
                             .format = types[_i].format};
    st_test *test = st_test_create(draw_video, &video);
    const char *mime, *bytes;
    size_t size;

    st_test_run(test);

    bytes = media_of(test, "video", &size, &mime);
    ck_assert_uint_eq(size, video.size);
    ck_assert_mem_eq(bytes, video.bytes, size);
    ck_assert_str_eq(mime, types[_i].expected);
    st_test_destroy(test);
}
END_TEST

static const struct {
    const char *url, *id; /* NULL: it is another film */
} films[] = {
    {"https://www.youtube.com/watch?v=abc-123_XY", "abc-123_XY"},
    {"https://youtube.com/watch?v=abc&t=7", "abc"},
    {"http://m.youtube.com/embed/abc?start=1", "abc"},
    {"https://youtu.be/abc#x", "abc"},
    {"https://www.youtube.com/shorts/abc/", "abc"},
    {"https://www.youtube-nocookie.com/embed/abc", "abc"},
    {"https://youtu.be/", NULL},
    {"https://www.youtube.com/feed", NULL},
    {"https://example.org/youtu.be/abc", NULL},
    {"https://notyoutube.com/watch?v=abc", NULL},
};

START_TEST(films_of_youtube_stand_in_a_frame)
{
    struct st_video video = {.source = films[_i].url};
    char expected[200];

    if (films[_i].id)
        sprintf(expected,
                "video type=YOUTUBE_IFRAME "
                "url=\"https://www.youtube.com/embed/%s\"",
                films[_i].id);
    else
        sprintf(expected, "video type=NATIVE url=\"%s\"", films[_i].url);

    check_shown(draw_video, &video, expected);
}
END_TEST

/* ---- what cannot be played ----------------------------------------------- */

static const double wrong[] = {0, NAN};

static const struct {
    struct st_audio audio;
    const char *expected;
} mistakes[] = {
    {{.source = NULL}, "st_audio: there is nothing to show"},
    {{.source = "/nowhere/at all"}, "st_audio: '/nowhere/at all' cannot be"},
    {{.bytes = "", .size = 0}, "there is nothing in it"},
    {{.bytes = "", .size = 0, .format = "audio/wav"}, "there is nothing in it"},
    {{.bytes = "x", .size = 1}, "of no type that is known"},
    {{.bytes = "GIF89a", .size = 6}, "of type image/gif"},
    {{.sound = {wrong, 1, 0, 0}}, "rate"},
    {{.sound = {wrong, 2, 8000, 0}}, "sample 1 is no number"},
};

START_TEST(what_cannot_be_played_is_said_in_its_place)
{
    struct st_audio audio = mistakes[_i].audio;

    check_complaint(draw_audio, &audio, "MediaFileStorageError",
                    mistakes[_i].expected);
}
END_TEST

START_TEST(a_film_that_is_none_is_said_in_its_place)
{
    struct st_video video = {.source = ""};

    check_complaint(draw_video, &video, "MediaFileStorageError",
                    "st_video: '' cannot be read");
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.players");
    TCase *cases = tcase_create("cases");

    tcase_add_test(cases, a_sound_is_played_as_it_is_told);
    tcase_add_test(cases, a_film_is_played_as_it_is_told);
    tcase_add_loop_test(cases, they_are_as_wide_as_there_is_room, 0, 2);
    tcase_add_test(cases, samples_become_a_wav);
    tcase_add_loop_test(cases, bytes_are_of_the_type_that_is_named_or_their_own,
                        0, 4);
    tcase_add_loop_test(cases, films_of_youtube_stand_in_a_frame, 0,
                        sizeof films / sizeof *films);
    tcase_add_loop_test(cases, what_cannot_be_played_is_said_in_its_place, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(cases, a_film_that_is_none_is_said_in_its_place);
    suite_add_tcase(suite, cases);
    return suite;
}
