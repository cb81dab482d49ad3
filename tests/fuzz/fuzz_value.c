/* fuzz_value.c -- any bytes as the kept value of a call.
 *
 * What was kept is cut, flipped or made up: handing it out may fail, but it
 * neither crashes nor takes memory beyond the budget, and leaves nothing.
 */
#include "fuzz/driver.h"

#include "cache/value.h"
#include "runtime/cache/deep_types.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The first character picks the function.  With '=' behind it the bytes are
 * the value, else a good value is changed: a character says how, one where. */
const char *const fuzz_seeds[] = {
    "a=\1\1\1\1\1\1", "b",   "c",        "d", "e",  "f", "g",
    "a1x2y3z",        "b~a", "c+!-\"x#", "",  NULL,
};

const char *const fuzz_words[] = {
    "\1",
    "\1\1",
    "\1\1\1\1\1\1\1\1",
    "\2",
    "\2\1",
    "\3\1",
    "\x7f",
    "\xff",
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    "\xff\1\2\1\1\1\1\1\1",
    "\xff\1\1\1\1\1\1\1\x80",
    "=",
    NULL,
};

/* ---- memory that is counted ---------------------------------------------- */

enum { BUDGET_PIECES = 4096, BUDGET_BYTES = 1 << 20 };

static size_t block_count; /* allocated and not released */
static size_t byte_count;  /* allocated in all */

static void *count_allocation(memo_size size)
{
    byte_count += size;
    FUZZ_CHECK(byte_count <= BUDGET_BYTES + BUDGET_PIECES);
    block_count++;
    return malloc(size);
}

static void count_release(void *memory)
{
    FUZZ_CHECK(block_count > 0);
    block_count--;
    free(memory);
}

/* ---- functions and good values ------------------------------------------- */

static const struct memo_parameter nothing[] = {
    {"n", &type_int, MEMO_BY_VALUE, MEMO_IN}};
static const struct memo_parameter outputs[] = {
    {"table", &type_table, MEMO_BY_ELEMENTS, MEMO_OUT},
    {"numbers", &type_int, MEMO_BY_ELEMENTS, MEMO_OUT}};

#define FUNCTION(kind, type, list, count)                                      \
    {                                                                          \
        .name = "f", .flags = MEMO_VALUE_IS_DEEP, .parameter_count = count,    \
        .parameters = list, .result_kind = MEMO_RESULT_##kind,                 \
        .result_type = type, .allocate = count_allocation,                     \
        .release = count_release                                               \
    }

static const struct memo_function functions[] = {
    FUNCTION(ELEMENTS, &type_item, nothing, 0),
    FUNCTION(VALUE, &type_crowd, nothing, 0),
    FUNCTION(VALUE, &type_net, nothing, 0),
    FUNCTION(ELEMENTS, &type_message, nothing, 0),
    FUNCTION(VALUE, &type_owner, nothing, 0),
    FUNCTION(ELEMENTS, &type_text, nothing, 0),
    FUNCTION(TEXT, NULL, outputs, 2),
    FUNCTION(VALUE, &type_spans, nothing, 0),
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* Room for any result, and for the outputs. */
typedef struct {
    union {
        void *pointer;
        struct crowd crowd;
        struct net net;
        struct owner owner;
        struct spans spans;
    } result;
    struct table table;
    int numbers[4];
    struct memo_argument arguments[2];
} room;

static void clear(room *of)
{
    memset(of, 0, sizeof *of);
    of->arguments[0] = (struct memo_argument){&of->table, 1};
    of->arguments[1] = (struct memo_argument){of->numbers, 4};
}

static unsigned char *encode(room *from, size_t function, memo_u64 count,
                             size_t *size)
{
    const memo_budget budget = {BUDGET_PIECES, BUDGET_BYTES};
    const memo_computed computed = {&functions[function], from->arguments,
                                    &from->result, count, NULL};

    return memo_value_bytes(size, &computed, budget);
}

/* A value that was computed, of which there is some of everything. */
static unsigned char *make_good(size_t function, size_t *size)
{
    static char a[] = "text", b[] = "", c[] = "result";
    static char *labels[3] = {a, NULL, b};
    static double cells[6];
    static int numbers[8];
    static struct item items[3] = {
        {1, &items[1]}, {2, &items[2]}, {3, &items[1]}};
    static struct vertex all[4] = {
        {0, &all[2]}, {1, &all[1]}, {2, &all[3]}, {3, NULL}};
    static struct box boxes[2] = {{4, a}, {0, b}}, other = {2, a};
    struct message *message = malloc(sizeof *message + 2 * sizeof(char *));
    struct table table = {2, 3, cells, labels, a};
    unsigned char *bytes;
    room good;

    clear(&good);
    message->count = 2;
    message->words[0] = a;
    message->words[1] = NULL;
    good.table = table;
    if (function == 1)
        good.result.crowd = (struct crowd){.is_open = true,
                                           .tables = {table, table},
                                           .ends = {items, items + 2},
                                           .message = message};
    else if (function == 2)
        good.result.net = (struct net){4, all, &all[3]};
    else if (function == 4)
        good.result.owner = (struct owner){{4, a}, &other, 2, boxes};
    else if (function == 7)
        good.result.spans = (struct spans){8, 2, numbers, numbers + 3};
    else
        good.result.pointer = function == 0   ? (void *)items
                              : function == 3 ? (void *)message
                              : function == 5 ? (void *)labels
                                              : (void *)c;
    bytes = encode(&good, function, function == 5 ? 3 : 1, size);
    FUZZ_CHECK(bytes != NULL);
    free(message);
    return bytes;
}

/* ---- handing out --------------------------------------------------------- */

/* How many elements a result has, which its first bytes say. */
static memo_u64 result_count(const unsigned char *bytes)
{
    memo_u64 count;

    if (bytes[1] < 255)
        return bytes[1];
    memcpy(&count, bytes + 2, sizeof count);
    return count;
}

/* What was handed out is a value as good as any. */
static void check_handed_out(room *of, size_t function, memo_u64 count)
{
    size_t size, again_size;
    unsigned char *bytes = encode(of, function, count, &size), *again;
    const memo_budget budget = {BUDGET_PIECES, BUDGET_BYTES};
    room second;

    if (bytes) {
        clear(&second);
        byte_count = 0;
        FUZZ_CHECK(memo_value_decode(bytes, size, &functions[function],
                                     second.arguments, &second.result,
                                     budget) == MEMO_VALUE_DECODED);
        again = encode(&second, function, count, &again_size);
        FUZZ_CHECK(again && again_size == size &&
                   memcmp(again, bytes, size) == 0);
        free(again);
        memo_value_release(&(memo_computed){&functions[function],
                                            second.arguments, &second.result,
                                            count, NULL});
        free(bytes);
    }
    memo_value_release(&(memo_computed){&functions[function], of->arguments,
                                        &of->result, count, NULL});
}

static void hand_out(size_t function, const unsigned char *bytes, size_t size)
{
    const memo_budget budget = {BUDGET_PIECES, BUDGET_BYTES};
    const struct memo_function *of = &functions[function];
    unsigned char *exact = malloc(size + (size == 0));
    room made;

    memcpy(exact, bytes, size);
    clear(&made);
    byte_count = 0;
    if (memo_value_decode(exact, size, of, made.arguments, &made.result,
                          budget) == MEMO_VALUE_DECODED)
        check_handed_out(&made, function,
                         of->result_kind == MEMO_RESULT_ELEMENTS &&
                                 made.result.pointer
                             ? result_count(exact)
                             : 1);
    FUZZ_CHECK(block_count == 0);
    FUZZ_CHECK(box_count == 0);
    free(exact);
}

static size_t change(unsigned char *bytes, size_t size, uint8_t how,
                     uint8_t where)
{
    size_t at = size > 0 ? where % size : 0;

    if (size == 0)
        return 0;
    switch (how % 5) {
    case 0:
        return at;
    case 1:
        bytes[at] ^= (unsigned char)(1u << how / 5 % 8);
        return size;
    case 2:
        bytes[at] = (unsigned char)(how / 5);
        return size;
    case 3:
        memset(bytes + at, 255, size - at < 9 ? size - at : 9);
        return size;
    default:
        memmove(bytes + at, bytes + at + 1, size - at - 1);
        return size - 1;
    }
}

/* NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t function = size > 0 ? data[0] % FUNCTIONS : 0, good_size;
    unsigned char *bytes;

    if (size > 1 && data[1] == '=') {
        hand_out(function, data + 2, size - 2);
        return 0;
    }
    bytes = make_good(function, &good_size);
    hand_out(function, bytes, good_size);
    for (size_t i = 1; i + 1 < size; i += 2)
        good_size = change(bytes, good_size, data[i], data[i + 1]);
    hand_out(function, bytes, good_size);
    free(bytes);
    return 0;
}
