/* Images: from files, URLs, bytes and pixels; what cannot be shown. */
#include "shown.h"

#include "../cache/fixture.h"

#include <sys/stat.h>
#include <unistd.h>

Suite *memo_test_suite(void);

#define SCRATCH(name) MEMO_TEST_SCRATCH_DIR "/" name

static const char png[] = "\x89PNG\r\n\x1a\nand so on";
static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg'/>";

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void draw_image(void *image)
{
    st_draw_image(image);
}

static void draw_images(void *images)
{
    st_draw_images(images);
}

/* The bytes that the first image of the page has behind its URL. */
static void check_bytes(const st_test *test, const void *bytes, size_t size,
                        const char *mime)
{
    St__Element *element = unpack_element(test, "image");
    const char *found_mime;
    size_t found_size;
    const void *found = st_test_media(test, element->imgs->imgs[0]->url,
                                      &found_size, &found_mime);

    ck_assert_ptr_nonnull(found);
    ck_assert_uint_eq(found_size, size);
    ck_assert_mem_eq(found, bytes, size);
    ck_assert_str_eq(found_mime, mime);
    st__element__free_unpacked(element, NULL);
}

/* ---- sources ------------------------------------------------------------- */

START_TEST(a_url_is_shown_as_it_is)
{
    static const char *const urls[] = {
        "https://example.org/cat.png", "HTTP://example.org/cat",
        "data:image/png;base64,AA==", "/media/0123.png"};
    struct st_image image = {.source = urls[_i], .caption = "A cat"};
    char expected[100];

    sprintf(expected, "image imgs=[( caption=\"A cat\" url=\"%s\")]", urls[_i]);
    check_shown(draw_image, &image, expected);
}
END_TEST

START_TEST(a_file_is_read)
{
    struct st_image image = {.source = SCRATCH("cat.png")};
    st_test *test = st_test_create(draw_image, &image);

    write_file(SCRATCH("cat.png"), png, sizeof png);
    st_test_run(test);
    unlink(SCRATCH("cat.png"));

    check_bytes(test, png, sizeof png, "image/png");
    st_test_destroy(test);
}
END_TEST

START_TEST(bytes_are_taken_for_what_they_are)
{
    struct st_image image = {.bytes = svg, .size = sizeof svg - 1};
    st_test *test = st_test_create(draw_image, &image);

    st_test_run(test);

    check_bytes(test, svg, sizeof svg - 1, "image/svg+xml");
    st_test_destroy(test);
}
END_TEST

#ifdef MEMO_HAS_PNG
START_TEST(pixels_become_a_png)
{
    static const unsigned char black[3];
    struct st_image image = {.pixels = {black, 1, 1, 3, 0}};
    st_test *test = st_test_create(draw_image, &image);
    St__Element *element;
    const char *mime;
    size_t size;
    const void *bytes;

    st_test_run(test);

    element = unpack_element(test, "image");
    bytes = st_test_media(test, element->imgs->imgs[0]->url, &size, &mime);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_mem_eq(bytes, png, 8);
    ck_assert_str_eq(mime, "image/png");
    st__element__free_unpacked(element, NULL);
    st_test_destroy(test);
}
END_TEST
#endif

START_TEST(an_image_is_as_wide_as_it_is_told)
{
    static const struct {
        unsigned width;
        bool use_container_width;
        int expected;
    } widths[] = {{0, false, -1}, {0, true, 0}, {70, false, 70}};
    struct st_image image = {.source = "https://example.org/",
                             .link = "https://example.com/",
                             .width = widths[_i].width,
                             .use_container_width =
                                 widths[_i].use_container_width};
    st_test *test = st_test_create(draw_image, &image);
    St__Element *element;

    st_test_run(test);

    element = unpack_element(test, "image");
    ck_assert_int_eq(width_of(element), widths[_i].expected);
    ck_assert_str_eq(element->imgs->link, "https://example.com/");
    st__element__free_unpacked(element, NULL);
    st_test_destroy(test);
}
END_TEST

START_TEST(several_images_have_captions_of_their_own)
{
    const struct st_image list[] = {{.source = "https:a", .caption = "first"},
                                    {.source = "https:b"},
                                    {.source = "https:c", .caption = "third"}};
    struct st_images images = {.images = list, .count = 3};

    check_shown(draw_images, &images,
                "image imgs=[( caption=\"first\" url=\"https:a\"), "
                "( url=\"https:b\"), ( caption=\"third\" url=\"https:c\")]");
}
END_TEST

static void draw_by_macros(void *context)
{
    const struct st_image list[] = {{.source = "https:a"}};

    (void)context;
    st_image("https:a", .caption = "one");
    st_image(NULL, .bytes = png, .size = sizeof png);
    st_images(list, .count = 1);
    st_images(NULL, .count = 0);
}

START_TEST(calls_read_as_in_the_header)
{
    st_test *test = st_test_create(draw_by_macros, NULL);

    st_test_run(test);

    ck_assert_uint_eq(st_test_count(test, "image"), 3);
    ck_assert_uint_eq(st_test_count(test, "exception"), 0);
    st_test_destroy(test);
}
END_TEST

/* ---- what cannot be shown ------------------------------------------------ */

static const struct {
    struct st_image image;
    const char *expected;
} mistakes[] = {
    {{.source = NULL}, "st_image: there is nothing to show"},
    {{.source = ""}, "st_image: '' cannot be read: No such file"},
    {{.source = SCRATCH("nowhere.png")},
     "nowhere.png' cannot be read: No such"},
    {{.source = SCRATCH("folder")}, "folder' is no file"},
    {{.source = SCRATCH("pipe")}, "pipe' is no file"},
    {{.source = SCRATCH("empty")}, "empty: there is nothing in it"},
    {{.source = SCRATCH("text")}, "text: it is of no type that is known"},
    {{.source = SCRATCH("sound")}, "sound: it is of type audio/ogg"},
    {{.bytes = "", .size = 0}, "the bytes: there is nothing in it"},
    {{.bytes = "cat", .size = 3}, "the bytes: it is of no type that is known"},
    {{.pixels = {png, 1, 1, 9, 0}}, "not 9"},
    {{.pixels = {png, 0, 1, 1, 0}}, "0 x 1"},
};

START_TEST(what_cannot_be_shown_is_said_in_its_place)
{
    struct st_image image = mistakes[_i].image;

    mkdir(SCRATCH("folder"), 0777);
    mkfifo(SCRATCH("pipe"), 0666);
    write_file(SCRATCH("empty"), "", 0);
    write_file(SCRATCH("text"), "text", 4);
    write_file(SCRATCH("sound"), "OggS", 4);
    unlink(SCRATCH("nowhere.png"));

    check_complaint(draw_image, &image, "MediaFileStorageError",
                    mistakes[_i].expected);
}
END_TEST

START_TEST(of_several_images_the_good_ones_are_shown)
{
    const struct st_image list[] = {{.source = "https:a"},
                                    {.bytes = "x", .size = 1},
                                    {.source = "https:c"}};
    struct st_images images = {.images = list, .count = 3};
    char *dump = dump_of(draw_images, &images);

    ck_assert_ptr_nonnull(strstr(dump, "st_images, number 2: the bytes"));
    ck_assert_ptr_nonnull(strstr(
        dump, "\n  image imgs=[( url=\"https:a\"), ( url=\"https:c\")]\n"));
    free(dump);
}
END_TEST

static void draw_aside(void *context)
{
    (void)context;
    st_image("", .in = ST_SIDEBAR);
    st_text("the run goes on");
}

START_TEST(a_complaint_stands_where_the_image_would)
{
    char *dump = dump_of(draw_aside, NULL);

    ck_assert_ptr_nonnull(strstr(dump, "main\n  text body=\"the run goes on\""
                                       "\nsidebar\n  exception"));
    free(dump);
}
END_TEST

/* ---- memoized functions -------------------------------------------------- */

static int runs;
static struct memo_function function = {WORD_FUNCTION("shows_file")};

static long shows_file(int n)
{
    runs++;
    if (n == 0)
        st_image(SCRATCH("late.png"));
    else
        st_image(NULL, .bytes = "no image", .size = 8);
    return n;
}

static void draw_memoized(void *n)
{
    call_word(&function, shows_file, *(int *)n);
}

START_TEST(a_file_that_is_not_there_is_looked_for_again)
{
    int n = 0;
    st_test *test = st_test_create(draw_memoized, &n);

    runs = 0;
    unlink(SCRATCH("late.png"));
    for (int i = 1; i <= 2; i++) {
        st_test_run(test);
        ck_assert_uint_eq(st_test_count(test, "exception"), 1);
        ck_assert_int_eq(runs, i);
    }
    write_file(SCRATCH("late.png"), png, sizeof png);
    for (int i = 0; i < 2; i++) {
        st_test_run(test);
        ck_assert_uint_eq(st_test_count(test, "exception"), 0);
        check_bytes(test, png, sizeof png, "image/png");
        ck_assert_int_eq(runs, 3);
    }
    st_test_destroy(test);
}
END_TEST

START_TEST(a_complaint_about_bytes_is_kept)
{
    int n = 1;
    st_test *test = st_test_create(draw_memoized, &n);

    runs = 0;
    for (int i = 0; i < 3; i++) {
        st_test_run(test);
        ck_assert_uint_eq(st_test_count(test, "exception"), 1);
    }
    ck_assert_int_eq(runs, 1);
    st_test_destroy(test);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("elements.image");
    TCase *cases = tcase_create("cases");

    tcase_add_loop_test(cases, a_url_is_shown_as_it_is, 0, 4);
    tcase_add_test(cases, a_file_is_read);
    tcase_add_test(cases, bytes_are_taken_for_what_they_are);
#ifdef MEMO_HAS_PNG
    tcase_add_test(cases, pixels_become_a_png);
#endif
    tcase_add_loop_test(cases, an_image_is_as_wide_as_it_is_told, 0, 3);
    tcase_add_test(cases, several_images_have_captions_of_their_own);
    tcase_add_test(cases, calls_read_as_in_the_header);
    tcase_add_loop_test(cases, what_cannot_be_shown_is_said_in_its_place, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(cases, of_several_images_the_good_ones_are_shown);
    tcase_add_test(cases, a_complaint_stands_where_the_image_would);
    tcase_add_test(cases, a_file_that_is_not_there_is_looked_for_again);
    tcase_add_test(cases, a_complaint_about_bytes_is_kept);
    suite_add_tcase(suite, cases);
    return suite;
}
