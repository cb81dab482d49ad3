#include "inspect/show_number.h"

#include "../cache/sample_types.h"
#include "test_show.h"

#include <float.h>
#include <limits.h>
#include <math.h>

Suite *memo_test_suite(void);

#define VALUE(type, number)                                                    \
    &(type)                                                                    \
    {                                                                          \
        number                                                                 \
    }

static const struct memo_type type_signed_char = SCALAR(signed char, SIGNED);
static const struct memo_type type_enum = {
    "enum color", MEMO_KIND_ENUM, 0, sizeof(int), NULL, NULL, NULL};
static const struct memo_type type_u64 = SCALAR(uint64_t, UNSIGNED);
static const struct memo_type type_i64 = SCALAR(int64_t, SIGNED);

START_TEST(integers_have_their_sign_and_size)
{
    check_value(&type_int, VALUE(int, -5), "v = -5", "{\"v\": -5}");
    check_value(&type_unsigned, VALUE(unsigned, 4000000000u), "v = 4000000000",
                "{\"v\": 4000000000}");
    check_value(&type_short, VALUE(short, SHRT_MIN), "v = -32768",
                "{\"v\": -32768}");
    check_value(&type_char, VALUE(char, 'a'), "v = 97", "{\"v\": 97}");
    check_value(&type_signed_char, VALUE(signed char, -128), "v = -128",
                "{\"v\": -128}");
    check_value(&type_enum, VALUE(int, -1), "v = -1", "{\"v\": -1}");
    check_value(&type_bool, VALUE(bool, true), "v = true", "{\"v\": true}");
    check_value(&type_bool, VALUE(bool, false), "v = false", "{\"v\": false}");
}
END_TEST

START_TEST(integers_beyond_a_double_are_strings_in_json)
{
    check_value(&type_i64, VALUE(int64_t, -(1LL << 53)),
                "v = -9007199254740992", "{\"v\": -9007199254740992}");
    check_value(&type_i64, VALUE(int64_t, (1LL << 53) + 1),
                "v = 9007199254740993", "{\"v\": \"9007199254740993\"}");
    check_value(&type_i64, VALUE(int64_t, INT64_MIN),
                "v = -9223372036854775808",
                "{\"v\": \"-9223372036854775808\"}");
    check_value(&type_u64, VALUE(uint64_t, UINT64_MAX),
                "v = 18446744073709551615",
                "{\"v\": \"18446744073709551615\"}");
}
END_TEST

START_TEST(integers_may_have_128_bits)
{
    sample_wide half = (sample_wide)1 << 126;
    sample_wide most = half - 1 + half, least = -half - half;

    check_value(&type_wide, VALUE(sample_wide, 12), "v = 12", "{\"v\": 12}");
    check_value(&type_wide, &most,
                "v = 170141183460469231731687303715884105727",
                "{\"v\": \"170141183460469231731687303715884105727\"}");
    check_value(&type_wide, &least,
                "v = -170141183460469231731687303715884105728",
                "{\"v\": \"-170141183460469231731687303715884105728\"}");
}
END_TEST

START_TEST(floats_are_the_shortest_that_come_back)
{
    check_value(&type_double, VALUE(double, 0.1), "v = 0.1", "{\"v\": 0.1}");
    check_value(&type_double, VALUE(double, 1.0 / 3), "v = 0.3333333333333333",
                "{\"v\": 0.3333333333333333}");
    check_value(&type_double, VALUE(double, -0.0), "v = -0", "{\"v\": -0}");
    check_value(&type_double, VALUE(double, DBL_MAX),
                "v = 1.7976931348623157e+308",
                "{\"v\": 1.7976931348623157e+308}");
    check_value(&type_double, VALUE(double, 5e-324), "v = 5e-324",
                "{\"v\": 5e-324}");
    check_value(&type_double, VALUE(double, 100), "v = 100", "{\"v\": 100}");
    check_value(&type_double, VALUE(double, 1e15), "v = 1e+15",
                "{\"v\": 1e+15}");
    check_value(&type_float, VALUE(float, 0.1f), "v = 0.1", "{\"v\": 0.1}");
    check_value(&type_float, VALUE(float, 16777216), "v = 16777216",
                "{\"v\": 16777216}");
    check_value(&type_long_double, VALUE(long double, 0.25L), "v = 0.25",
                "{\"v\": 0.25}");
    check_value(&type_long_double, VALUE(long double, 1e300L), "v = 1e+300",
                "{\"v\": 1e+300}");
}
END_TEST

START_TEST(what_is_not_finite_is_a_string_in_json)
{
    check_value(&type_double, VALUE(double, INFINITY), "v = inf",
                "{\"v\": \"inf\"}");
    check_value(&type_double, VALUE(double, -INFINITY), "v = -inf",
                "{\"v\": \"-inf\"}");
    check_value(&type_double, VALUE(double, NAN), "v = nan",
                "{\"v\": \"nan\"}");
    check_value(&type_float, VALUE(float, INFINITY), "v = inf",
                "{\"v\": \"inf\"}");
    check_value(&type_long_double, VALUE(long double, -INFINITY), "v = -inf",
                "{\"v\": \"-inf\"}");
}
END_TEST

START_TEST(complex_numbers_have_two_parts)
{
    long double parts[] = {0.5L, -INFINITY};
    double complex number = 1.5 - 2 * I;

    check_value(&type_complex, &number, "v = 1.5-2i", "{\"v\": [1.5, -2]}");
    number = I;
    check_value(&type_complex, &number, "v = 0+1i", "{\"v\": [0, 1]}");
    check_value(&type_long_complex, parts, "v = 0.5-infi",
                "{\"v\": [0.5, \"-inf\"]}");
}
END_TEST

START_TEST(addresses_are_hexadecimal)
{
    void *address = (void *)(uintptr_t)0x1234, *null = NULL;

    check_value(&type_address, &address, "v = 0x1234", "{\"v\": \"0x1234\"}");
    check_value(&type_address, &null, "v = NULL", "{\"v\": null}");
}
END_TEST

START_TEST(numbers_of_other_sizes_are_their_bytes)
{
    static const struct memo_type odd = {
        "odd", MEMO_KIND_UNSIGNED, 0, 3, NULL, NULL, NULL};
    static const struct memo_type large = {
        "large", MEMO_KIND_UNSIGNED, 0, 100, NULL, NULL, NULL};
    static const struct memo_type half = {
        "_Float16", MEMO_KIND_FLOAT, 0, 2, NULL, NULL, NULL};
    static unsigned char bytes[100] = {1, 2, 3};
    const unsigned one = 1;
    bool is_little = *(const unsigned char *)&one == 1;

    check_value(&odd, bytes, is_little ? "v = 0x030201" : "v = 0x010203", NULL);
    check_value(&half, bytes, is_little ? "v = 0x0201" : "v = 0x0102", NULL);
    check_value(&large, bytes, "v = <100 bytes>", "{\"v\": \"<100 bytes>\"}");
}
END_TEST

/* The bytes of a store may be none of those that a processor makes. */
START_TEST(any_bytes_of_a_long_double_are_shown)
{
    static const struct memo_parameter parameter = {"v", &type_long_double,
                                                    MEMO_BY_VALUE, MEMO_IN};
    const struct memo_function function = {.parameter_count = 1,
                                           .parameters = &parameter};
    char *facts = memo_describe(&function);
    unsigned char key[1 + SAMPLE_LONG_DOUBLE] = {1};

    for (int high = 0; high < 256; high++) {
        for (int low = 0; low < 256; low += 15) {
            shown out;

            memset(key + 1, low, SAMPLE_LONG_DOUBLE);
            key[8] = (unsigned char)high;
            key[10] = (unsigned char)(high ^ low);
            out = show_bytes(memo_show_arguments, MEMO_SHOW_JSON, facts, key,
                             sizeof key);
            ck_assert(out.is_whole);
            free(out.text);
        }
    }
    free(facts);
}
END_TEST

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("show_number");
    TCase *all = tcase_create("all");

    tcase_add_test(all, integers_have_their_sign_and_size);
    tcase_add_test(all, integers_beyond_a_double_are_strings_in_json);
    tcase_add_test(all, integers_may_have_128_bits);
    tcase_add_test(all, floats_are_the_shortest_that_come_back);
    tcase_add_test(all, what_is_not_finite_is_a_string_in_json);
    tcase_add_test(all, complex_numbers_have_two_parts);
    tcase_add_test(all, addresses_are_hexadecimal);
    tcase_add_test(all, numbers_of_other_sizes_are_their_bytes);
    tcase_add_test(all, any_bytes_of_a_long_double_are_shown);
    suite_add_tcase(suite, all);
    return suite;
}
