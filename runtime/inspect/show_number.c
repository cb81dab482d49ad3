#include "inspect/show_number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 widest;
#else
typedef uint64_t widest;
#endif

/* JSON's numbers are doubles to many. */
#define MOST_EXACT ((widest)1 << 53)

enum { NUMBER_BYTES = 64 };

/* ---- integers ------------------------------------------------------------ */

typedef struct {
    widest size; /* without the sign */
    bool is_negative;
} integer;

/* False if there are none of this size. */
static bool read_integer(integer *out, bool is_signed,
                         const unsigned char *bytes, size_t size)
{
    uint8_t one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    widest word = 0;

    switch (size) {
    case sizeof one:
        word = *bytes;
        break;
    case sizeof two:
        memcpy(&two, bytes, size);
        word = two;
        break;
    case sizeof four:
        memcpy(&four, bytes, size);
        word = four;
        break;
    case sizeof eight:
        memcpy(&eight, bytes, size);
        word = eight;
        break;
    default:
        if (size != sizeof word)
            return false;
        memcpy(&word, bytes, size);
        break;
    }
    out->is_negative = is_signed && (word >> (8 * size - 1) & 1) != 0;
    if (out->is_negative) {
        word = 0 - word;
        if (size < sizeof word)
            word &= ((widest)1 << 8 * size) - 1;
    }
    out->size = word;
    return true;
}

static void show_integer(memo_show_out *out, integer number)
{
    char text[NUMBER_BYTES], *at = text + sizeof text - 1;
    widest rest = number.size;

    *at = '\0';
    do {
        *--at = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest > 0);
    if (number.is_negative)
        *--at = '-';
    if (number.size > MOST_EXACT)
        memo_show_odd_word(out, at);
    else
        memo_show_word(out, at);
}

static bool is_signed(const struct memo_type *type)
{
    return type->kind == MEMO_KIND_SIGNED || type->kind == MEMO_KIND_ENUM;
}

bool memo_number_is_length(uint64_t *out, const struct memo_type *type,
                           const unsigned char *bytes, size_t size)
{
    integer number;

    if (type->kind < MEMO_KIND_UNSIGNED || type->kind > MEMO_KIND_ENUM ||
        !read_integer(&number, is_signed(type), bytes, size) ||
        number.is_negative || number.size > UINT64_MAX)
        return false;
    *out = (uint64_t)number.size;
    return true;
}

/* ---- floating point ------------------------------------------------------ */

/* The decimal point is that of the locale. */
static void set_point(char *text)
{
    for (; *text != '\0'; text++) {
        if (!strchr("0123456789+-einfa", *text))
            *text = '.';
    }
}

#define LARGEST_WHOLE 1e15

/* The shortest digits that are read as the same number. */
static void print_double(char *out, double number, int digits, bool is_float)
{
    /* Whole numbers as people write them: 100 and not 1e+02. */
    if (number > -LARGEST_WHOLE && number < LARGEST_WHOLE &&
        number == (double)(long)number && (number != 0 || !signbit(number))) {
        snprintf(out, NUMBER_BYTES, "%ld", (long)number);
        return;
    }
    for (int i = 1; i <= digits; i++) {
        snprintf(out, NUMBER_BYTES, "%.*g", i, number);
        if (is_float ? strtof(out, NULL) == (float)number
                     : strtod(out, NULL) == number)
            break;
    }
    set_point(out);
}

static void print_long_double(char *out, long double number)
{
    for (int i = 1; i <= LDBL_DECIMAL_DIG; i++) {
        snprintf(out, NUMBER_BYTES, "%.*Lg", i, number);
        if (strtold(out, NULL) == number)
            break;
    }
    set_point(out);
}

/* The x87 format has 10 bytes, and some that are no number. */
static bool is_long_double(const unsigned char *bytes, size_t size)
{
#if LDBL_MANT_DIG == 64
    return size == 10 &&
           (bytes[7] >> 7 == 1 || ((bytes[9] & 0x7F) == 0 && bytes[8] == 0));
#else
    (void)bytes;
    return size == sizeof(long double);
#endif
}

static bool print_float(char *out, bool is_long, const unsigned char *bytes,
                        size_t size)
{
    long double widest_number = 0;
    double number;
    float small;

    if (is_long) {
        if (!is_long_double(bytes, size))
            return false;
        memcpy(&widest_number, bytes, size);
        print_long_double(out, widest_number);
    } else if (size == sizeof small) {
        memcpy(&small, bytes, size);
        print_double(out, (double)small, FLT_DECIMAL_DIG, true);
    } else if (size == sizeof number) {
        memcpy(&number, bytes, size);
        print_double(out, number, DBL_DECIMAL_DIG, false);
    } else {
        return false;
    }
    return true;
}

/* Of any size, as it would be written in C. */
static void show_bytes(memo_show_out *out, const unsigned char *bytes,
                       size_t size)
{
    char text[NUMBER_BYTES] = "0x";
    const unsigned one = 1;
    size_t at = 2;

    if (2 * size + sizeof "0x" > sizeof text || size == 0) {
        memo_show_note(out, "<%zu bytes>", size);
        return;
    }
    for (size_t i = 0; i < size; i++) {
        bool is_little = *(const unsigned char *)&one == 1;

        at += (size_t)snprintf(text + at, sizeof text - at, "%02x",
                               bytes[is_little ? size - 1 - i : i]);
    }
    memo_show_odd_word(out, text);
}

/* Not finite: JSON has none. */
static bool is_odd(const char *number)
{
    return strpbrk(number, "in") != NULL;
}

static void show_float(memo_show_out *out, bool is_long,
                       const unsigned char *bytes, size_t size)
{
    char text[NUMBER_BYTES];

    if (!print_float(text, is_long, bytes, size))
        show_bytes(out, bytes, size);
    else if (is_odd(text))
        memo_show_odd_word(out, text);
    else
        memo_show_word(out, text);
}

static void show_complex(memo_show_out *out, bool is_long,
                         const unsigned char *bytes, size_t size)
{
    char real[NUMBER_BYTES], imaginary[NUMBER_BYTES];
    char both[2 * NUMBER_BYTES + 8];
    size_t half = size / 2;

    if (out->form == MEMO_SHOW_JSON) {
        if (!memo_show_open(out, true))
            return;
        show_float(out, is_long, bytes, half);
        show_float(out, is_long, bytes + half, half);
        memo_show_close(out);
    } else if (print_float(real, is_long, bytes, half) &&
               print_float(imaginary, is_long, bytes + half, half)) {
        snprintf(both, sizeof both, "%s%s%si", real,
                 *imaginary == '-' ? "" : "+", imaginary);
        memo_show_word(out, both);
    } else {
        show_bytes(out, bytes, size);
    }
}

/* ---- all of them --------------------------------------------------------- */

static void show_address(memo_show_out *out, const unsigned char *bytes,
                         size_t size)
{
    char text[NUMBER_BYTES];
    uintptr_t address;

    if (size != sizeof address) {
        show_bytes(out, bytes, size);
        return;
    }
    memcpy(&address, bytes, sizeof address);
    snprintf(text, sizeof text, "0x%llx", (unsigned long long)address);
    if (address)
        memo_show_odd_word(out, text);
    else
        memo_show_null(out);
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
    while (size > 0 && bytes[size - 1] == 0)
        size--;
    return size == 0;
}

void memo_show_number(memo_show_out *out, const struct memo_type *type,
                      const unsigned char *bytes, size_t size)
{
    integer number;

    switch (type->kind) {
    case MEMO_KIND_BOOL:
        memo_show_word(out, is_zero(bytes, size) ? "false" : "true");
        break;
    case MEMO_KIND_FLOAT:
        show_float(out, false, bytes, size);
        break;
    case MEMO_KIND_LONG_DOUBLE:
        show_float(out, true, bytes, size);
        break;
    case MEMO_KIND_COMPLEX:
        show_complex(out, false, bytes, size);
        break;
    case MEMO_KIND_LONG_DOUBLE_COMPLEX:
        show_complex(out, true, bytes, size);
        break;
    case MEMO_KIND_ADDRESS:
        show_address(out, bytes, size);
        break;
    default:
        if (read_integer(&number, is_signed(type), bytes, size))
            show_integer(out, number);
        else
            show_bytes(out, bytes, size);
        break;
    }
}
