/* test_purity.c -- what functions of the C library do. */
#include "purity.h"

#include <check.h>
#include <string.h>

START_TEST(every_table_is_sorted_and_its_names_are_found)
{
    const gen_purity_table *table = &gen_purity_functions[_i];

    for (size_t i = 0; i < table->count; i++) {
        gen_impurity_kind kind = GEN_IMPURE_ASSEMBLY;

        gen_purity purity = gen_purity_of_function(table->names[i], &kind);

        if (i > 0)
            ck_assert_str_lt(table->names[i - 1], table->names[i]);
        ck_assert_msg(purity == table->purity, "%s", table->names[i]);
        if (purity == GEN_PURITY_IMPURE)
            ck_assert_msg(kind == table->kind, "%s", table->names[i]);
    }
}
END_TEST

static const char *const pure[] = {
    "abort",
    "abs",
    "acosf64x",
    "cexpl",
    "floorf",
    "floorl",
    "fmaf",
    "lgammaf_r",
    "malloc",
    "qsort",
    "rand_r",
    "sincosf",
    "snprintf",
    "sqrt",
    "strtod_l",
    "strtok_r",
    "vsnprintf",
    "__assert_fail",
    "__builtin___memcpy_chk",
    "__builtin_expect",
    "__builtin_sqrtl",
    "__ctype_b_loc",
    "__errno_location",
    "__exp_finite",
    "__isinff",
    "__isoc99_sscanf",
    "__isoc23_strtol",
    "__memcpy_chk",
    "__sync_fetch_and_add",
    "__vsnprintf_chk",
    "_mm_add_ps",
};

START_TEST(a_pure_function_is_known_as_such)
{
    gen_impurity_kind kind;

    gen_purity purity = gen_purity_of_function(pure[_i], &kind);

    ck_assert_msg(purity == GEN_PURITY_PURE, "%s", pure[_i]);
}
END_TEST

static const struct {
    const char *name;
    gen_impurity_kind kind;
} impure[] = {
    {"clock_gettime", GEN_IMPURE_CLOCK},
    {"nanosleep", GEN_IMPURE_CLOCK},
    {"time", GEN_IMPURE_CLOCK},
    {"__builtin_ia32_rdtsc", GEN_IMPURE_CLOCK},
    {"__rdtsc", GEN_IMPURE_CLOCK},
    {"arc4random", GEN_IMPURE_RANDOM},
    {"getrandom", GEN_IMPURE_RANDOM},
    {"rand", GEN_IMPURE_RANDOM},
    {"_rdrand32_step", GEN_IMPURE_RANDOM},
    {"getcwd", GEN_IMPURE_ENVIRONMENT},
    {"getenv", GEN_IMPURE_ENVIRONMENT},
    {"getpid", GEN_IMPURE_ENVIRONMENT},
    {"localtime_r", GEN_IMPURE_ENVIRONMENT},
    {"sysconf", GEN_IMPURE_ENVIRONMENT},
    {"fopen", GEN_IMPURE_FILE},
    {"fopen64", GEN_IMPURE_FILE},
    {"getc_unlocked", GEN_IMPURE_FILE},
    {"mmap", GEN_IMPURE_FILE},
    {"read", GEN_IMPURE_FILE},
    {"stat", GEN_IMPURE_FILE},
    {"system", GEN_IMPURE_FILE},
    {"__fxstat64", GEN_IMPURE_FILE},
    {"__isoc99_fscanf", GEN_IMPURE_FILE},
    {"__open64_2", GEN_IMPURE_FILE},
    {"__read_chk", GEN_IMPURE_FILE},
    {"fputc_unlocked", GEN_IMPURE_OUTPUT},
    {"printf", GEN_IMPURE_OUTPUT},
    {"write", GEN_IMPURE_OUTPUT},
    {"__builtin_puts", GEN_IMPURE_OUTPUT},
    {"__overflow", GEN_IMPURE_OUTPUT},
    {"__printf_chk", GEN_IMPURE_OUTPUT},
    {"gmtime", GEN_IMPURE_STATE},
    {"memo_clear_all", GEN_IMPURE_STATE},
    {"memo_clear_function", GEN_IMPURE_STATE},
    {"setlocale", GEN_IMPURE_STATE},
    {"strerror", GEN_IMPURE_STATE},
    {"strtok", GEN_IMPURE_STATE},
    {"_mm_getcsr", GEN_IMPURE_STATE},
    {"__builtin_return_address", GEN_IMPURE_STATE},
    {"exit", GEN_IMPURE_JUMP},
    {"fork", GEN_IMPURE_JUMP},
    {"longjmp", GEN_IMPURE_JUMP},
    {"pthread_mutex_lock", GEN_IMPURE_JUMP},
    {"raise", GEN_IMPURE_JUMP},
    {"_setjmp", GEN_IMPURE_JUMP},
    {"__builtin_setjmp", GEN_IMPURE_JUMP},
    {"__longjmp_chk", GEN_IMPURE_JUMP},
    {"__sigsetjmp", GEN_IMPURE_JUMP},
};

START_TEST(an_impure_function_is_known_with_its_reason)
{
    gen_impurity_kind kind = GEN_IMPURE_ASSEMBLY;

    gen_purity purity = gen_purity_of_function(impure[_i].name, &kind);

    ck_assert_msg(purity == GEN_PURITY_IMPURE, "%s", impure[_i].name);
    ck_assert_msg(kind == impure[_i].kind, "%s: %d", impure[_i].name, kind);
}
END_TEST

static const char *const unknown[] = {
    "",
    "_",
    "__",
    "l",
    "f",
    "64",
    "_chk",
    "load_data",
    "strlenf",
    "st_slider",
    "timef",
    "pthread",
    "a_name_that_is_longer_than_that_of_any_function_of_any_library",
};

START_TEST(any_other_name_is_unknown)
{
    gen_impurity_kind kind;

    gen_purity purity = gen_purity_of_function(unknown[_i], &kind);

    ck_assert_msg(purity == GEN_PURITY_UNKNOWN, "%s", unknown[_i]);
}
END_TEST

START_TEST(a_variable_of_the_library_is_known_by_its_own_table)
{
    gen_impurity_kind kind = GEN_IMPURE_ASSEMBLY;

    ck_assert_int_eq(gen_purity_of_variable("environ", &kind),
                     GEN_PURITY_IMPURE);
    ck_assert_int_eq(kind, GEN_IMPURE_ENVIRONMENT);
    ck_assert_int_eq(gen_purity_of_variable("stderr", &kind), GEN_PURITY_PURE);
    ck_assert_int_eq(gen_purity_of_variable("time", &kind), GEN_PURITY_UNKNOWN);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

Suite *memo_test_suite(void);

Suite *memo_test_suite(void)
{
    Suite *suite = suite_create("purity");
    TCase *tests = tcase_create("purity");

    tcase_add_loop_test(tests, every_table_is_sorted_and_its_names_are_found, 0,
                        (int)gen_purity_function_table_count);
    tcase_add_loop_test(tests, a_pure_function_is_known_as_such, 0,
                        COUNT(pure));
    tcase_add_loop_test(tests, an_impure_function_is_known_with_its_reason, 0,
                        COUNT(impure));
    tcase_add_loop_test(tests, any_other_name_is_unknown, 0, COUNT(unknown));
    tcase_add_test(tests, a_variable_of_the_library_is_known_by_its_own_table);
    suite_add_tcase(suite, tests);
    return suite;
}
