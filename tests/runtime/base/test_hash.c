#include "base/hash.h"

#include "../../support/random.h"

#include <check.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *memo_test_suite(void);

static int is_equal(memo_digest a, memo_digest b)
{
    return a.low == b.low && a.high == b.high;
}

static unsigned char *create_pattern(size_t size)
{
    unsigned char *bytes = malloc(size > 0 ? size : 1);

    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)((i * i + 7 * i) % 251);
    return bytes;
}

/* Source: XXH3_128bits() of the distribution's libxxhash 0.8.1, called on the
 * same patterns; the one of no bytes is in xxHash's documentation. */
static const struct {
    size_t size;
    uint64_t low, high;
} published[] = {
    {0, 0x6001C324468D497Fu, 0x99AA06D3014798D8u},
    {1, 0xC44BDFF4074EECDBu, 0xA6CD5E9392000F6Au},
    {3, 0xF4F33FA3678CE51Eu, 0x381B806921E6D9ABu},
    {4, 0x6820093DBB6D1ED9u, 0x1F501741202BC149u},
    {8, 0xDDE7AC32C0B383A6u, 0x6FFF8D190F215342u},
    {9, 0x38079185530315E5u, 0xC1BAB7D7E84CB084u},
    {16, 0x0EA39815DFD49E7Bu, 0xFD95FDA588959AA5u},
    {17, 0xAC4E4907CF9D17CEu, 0xA10DEF610C76754Bu},
    {128, 0x2A5F33369E43A345u, 0x9F9353A4370686F5u},
    {129, 0xD72562FEAC7B8825u, 0x036D37C8FEBE8EA1u},
    {240, 0x0495BCC2CB65AA1Bu, 0x32D4B7037AB8E67Eu},
    {241, 0x905DD607EDA3DAE7u, 0x241DC6B58ABA121Bu},
    {1023, 0xE7E2567891A48ED1u, 0x6EE968A0674EC23Du},
    {1024, 0xDD4FAC0EBEFC3CC1u, 0xC88F5A8B0A9D1C59u},
    {4096, 0x214AC1A911ABBE56u, 0xD83A9EFC3982533Du},
    {65537, 0x4CA9B416F9C9737Bu, 0xEBAB5BDDA5AF04EDu},
    {1048576, 0xEA19DFCB4DD9A9D8u, 0x99B5B72AFD7538E2u},
};

START_TEST(the_stable_digest_is_the_published_one)
{
    unsigned char *bytes = create_pattern(published[_i].size);

    memo_digest digest = memo_hash_stable(bytes, published[_i].size);

    ck_assert_uint_eq(digest.low, published[_i].low);
    ck_assert_uint_eq(digest.high, published[_i].high);
    free(bytes);
}
END_TEST

START_TEST(no_bytes_may_be_null)
{
    memo_digest stable = memo_hash_stable(NULL, 0);
    memo_digest keyed = memo_hash_bytes(NULL, 0);

    ck_assert(is_equal(stable, memo_hash_stable("", 0)));
    ck_assert(is_equal(keyed, memo_hash_bytes("", 0)));
}
END_TEST

START_TEST(the_keyed_digest_is_another_one_and_repeats)
{
    size_t size = published[_i].size;
    unsigned char *bytes = create_pattern(size);

    memo_digest digest = memo_hash_bytes(bytes, size);

    ck_assert(is_equal(digest, memo_hash_bytes(bytes, size)));
    ck_assert(!is_equal(digest, memo_hash_stable(bytes, size)));
    free(bytes);
}
END_TEST

START_TEST(where_the_bytes_lie_does_not_matter)
{
    size_t size = published[_i].size;
    unsigned char *bytes = create_pattern(size);
    unsigned char *moved = malloc(size + 64);

    for (size_t shift = 0; shift < 64; shift += 13) {
        memcpy(moved + shift, bytes, size);
        ck_assert(is_equal(memo_hash_bytes(moved + shift, size),
                           memo_hash_bytes(bytes, size)));
    }
    free(moved);
    free(bytes);
}
END_TEST

START_TEST(every_bit_counts)
{
    static const size_t sizes[] = {1, 8, 16, 23, 100, 200, 241, 1100};
    size_t size = sizes[_i];
    unsigned char *bytes = create_pattern(size);
    memo_digest digest = memo_hash_bytes(bytes, size);

    for (size_t i = 0; i < size * 8; i++) {
        bytes[i / 8] ^= (unsigned char)(1u << i % 8);
        ck_assert(!is_equal(digest, memo_hash_bytes(bytes, size)));
        bytes[i / 8] ^= (unsigned char)(1u << i % 8);
    }
    free(bytes);
}
END_TEST

START_TEST(one_zero_byte_more_is_another_input)
{
    static const unsigned char zeroes[300] = {0};

    for (size_t size = 0; size + 1 < sizeof zeroes; size++)
        ck_assert(!is_equal(memo_hash_bytes(zeroes, size),
                            memo_hash_bytes(zeroes, size + 1)));
}
END_TEST

/* ---- the secret ---------------------------------------------------------- */

/* As at the start of a process, for memo_hash_words(). */
static void forget_secret(void)
{
    for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++)
        atomic_store(&memo_hash_secret[i], 0);
}

/* What a child of fork makes of the words 1 and 2. */
static uint64_t hash_in_a_child(void)
{
    int ends[2];
    uint64_t hash;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        hash = memo_hash_words(1, 2);
        _exit(write(ends[1], &hash, sizeof hash) == sizeof hash ? 0 : 1);
    }
    ck_assert_int_eq(read(ends[0], &hash, sizeof hash), sizeof hash);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    close(ends[0]);
    close(ends[1]);
    return hash;
}

START_TEST(two_processes_draw_two_secrets)
{
    uint64_t first, second;

    forget_secret();
    first = hash_in_a_child();
    second = hash_in_a_child();

    ck_assert_uint_ne(first, second);
}
END_TEST

START_TEST(a_child_of_fork_keeps_the_secret)
{
    uint64_t hash = memo_hash_words(1, 2);

    ck_assert_uint_eq(hash_in_a_child(), hash);
}
END_TEST

START_TEST(no_word_of_the_secret_is_zero)
{
    forget_secret();
    memo_hash_draw_secret();

    for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++)
        ck_assert_uint_ne(atomic_load(&memo_hash_secret[i]), 0);
}
END_TEST

START_TEST(a_secret_that_is_drawn_stays)
{
    uint64_t hash = memo_hash_words(3, 4);

    memo_hash_draw_secret();

    ck_assert_uint_eq(memo_hash_words(3, 4), hash);
}
END_TEST

struct racer {
    pthread_t thread;
    pthread_barrier_t *start;
    memo_digest digest;
    uint64_t words;
};

static void *race(void *argument)
{
    struct racer *racer = argument;

    pthread_barrier_wait(racer->start);
    racer->words = memo_hash_words(5, 6);
    racer->digest = memo_hash_bytes("race", 4);
    return NULL;
}

START_TEST(threads_that_draw_together_agree)
{
    enum { RACERS = 8 };
    struct racer racers[RACERS];
    pthread_barrier_t start;

    forget_secret();
    pthread_barrier_init(&start, NULL, RACERS);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i].start = &start;
        ck_assert_int_eq(
            pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++)
        pthread_join(racers[i].thread, NULL);
    pthread_barrier_destroy(&start);

    for (size_t i = 1; i < RACERS; i++)
        ck_assert_uint_eq(racers[i].words, racers[0].words);
    for (size_t i = 0; i < RACERS; i++)
        ck_assert(is_equal(racers[i].digest, memo_hash_bytes("race", 4)));
}
END_TEST

/* ---- words --------------------------------------------------------------- */

START_TEST(the_fold_is_that_of_the_full_product)
{
    ck_assert_uint_eq(memo_hash_fold(3, 5), 15);
    ck_assert_uint_eq(memo_hash_fold(UINT64_MAX, UINT64_MAX),
                      (UINT64_MAX - 1) ^ 1);
    ck_assert_uint_eq(memo_hash_fold(UINT64_C(1) << 63, 2), 1);
    ck_assert_uint_eq(memo_hash_fold(UINT64_C(0x123456789ABCDEF0), 1u << 16),
                      UINT64_C(0x56789ABCDEF00000) ^ 0x1234);
}
END_TEST

/* Keys as programs have them. */
static uint64_t count_up(uint64_t i)
{
    return i;
}

static uint64_t count_pages(uint64_t i)
{
    return i << 12;
}

static uint64_t count_high(uint64_t i)
{
    return i << 40;
}

static uint64_t count_doubles(uint64_t i)
{
    double number = (double)i;
    uint64_t word;

    memcpy(&word, &number, sizeof word);
    return word;
}

static uint64_t count_pairs(uint64_t i)
{
    return (i & 63) | (i >> 6) << 32;
}

static uint64_t (*const families[])(uint64_t) = {
    count_up, count_pages, count_high, count_doubles, count_pairs,
};

enum { FAMILIES = sizeof families / sizeof *families, BUCKETS = 256 };

/* How unevenly hashes fall into buckets by eight of their bits; about BUCKETS
 * when they are random. */
static double chi_square(uint64_t (*family)(uint64_t), int word, int shift)
{
    enum { KEYS = 16 * BUCKETS };
    unsigned counts[BUCKETS] = {0};
    double sum = 0;

    for (uint64_t i = 0; i < KEYS; i++) {
        uint64_t key = family(i);
        uint64_t hash =
            word == 0 ? memo_hash_words(key, 7) : memo_hash_words(7, key);

        counts[hash >> shift & (BUCKETS - 1)]++;
    }
    for (size_t i = 0; i < BUCKETS; i++) {
        double off = counts[i] - (double)KEYS / BUCKETS;

        sum += off * off / ((double)KEYS / BUCKETS);
    }
    return sum;
}

START_TEST(usual_keys_spread_over_all_buckets)
{
    uint64_t state = (uint64_t)_i;

    for (size_t i = 0; i < MEMO_HASH_SECRET_WORDS; i++)
        atomic_store(&memo_hash_secret[i], random_next(&state));

    for (size_t family = 0; family < FAMILIES; family++) {
        for (int shift = 0; shift <= 56; shift += 8) {
            ck_assert_double_lt(chi_square(families[family], 0, shift), 1024);
            ck_assert_double_lt(chi_square(families[family], 1, shift), 1024);
        }
    }
}
END_TEST

START_TEST(the_order_of_words_counts)
{
    for (uint64_t i = 1; i < 1000; i++)
        ck_assert_uint_ne(memo_hash_words(i, 0), memo_hash_words(0, i));
}
END_TEST

Suite *memo_test_suite(void)
{
    enum { PUBLISHED = sizeof published / sizeof *published };
    Suite *suite = suite_create("hash");
    TCase *bytes = tcase_create("bytes");
    TCase *secret = tcase_create("secret");
    TCase *words = tcase_create("words");

    tcase_add_loop_test(bytes, the_stable_digest_is_the_published_one, 0,
                        PUBLISHED);
    tcase_add_test(bytes, no_bytes_may_be_null);
    tcase_add_loop_test(bytes, the_keyed_digest_is_another_one_and_repeats, 0,
                        PUBLISHED);
    tcase_add_loop_test(bytes, where_the_bytes_lie_does_not_matter, 0,
                        PUBLISHED);
    tcase_add_loop_test(bytes, every_bit_counts, 0, 8);
    tcase_add_test(bytes, one_zero_byte_more_is_another_input);
    suite_add_tcase(suite, bytes);

    tcase_add_test(secret, two_processes_draw_two_secrets);
    tcase_add_test(secret, a_child_of_fork_keeps_the_secret);
    tcase_add_test(secret, no_word_of_the_secret_is_zero);
    tcase_add_test(secret, a_secret_that_is_drawn_stays);
    tcase_add_test(secret, threads_that_draw_together_agree);
    suite_add_tcase(suite, secret);

    tcase_add_test(words, the_fold_is_that_of_the_full_product);
    tcase_add_loop_test(words, usual_keys_spread_over_all_buckets, 0, 40);
    tcase_add_test(words, the_order_of_words_counts);
    suite_add_tcase(suite, words);
    return suite;
}
