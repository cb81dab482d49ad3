/* Every kind of scalar, as an input and as a result. */
#include "trap.h"

#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum colour { RED = -1, GREEN, BLUE = 7 };
typedef enum { SMALL, LARGE } extent;
enum big { FAR = 0x7fffffff };

#define SCALAR(type, name)                                                     \
    static unsigned long show_##name(type x);                                  \
    static unsigned long show_##name(type x)                                   \
    {                                                                          \
        unsigned long sum = 0;                                                 \
        unsigned char bytes[sizeof x];                                         \
        memcpy(bytes, &x, sizeof x);                                           \
        for (size_t i = 0; i < sizeof x && i < 10; i++)                        \
            sum = sum * 257 + bytes[i];                                        \
        return sum;                                                            \
    }

SCALAR(char, char)
SCALAR(long double, long_double)

// @memo
static signed char of_schar(signed char x) { return (signed char)(x / 2); }
// @memo
static unsigned char of_uchar(unsigned char x) { return (unsigned char)(x / 2); }
// @memo
static char of_char(char x) { return (char)(x ^ 1); }
// @memo
static short of_short(short x) { return (short)-x; }
// @memo
static unsigned short of_ushort(unsigned short x) { return (unsigned short)(x + 1); }
// @memo
static int of_int(int x) { return x * 2; }
// @memo
static unsigned of_unsigned(unsigned x) { return x * 2u; }
// @memo
static long of_long(long x) { return -x; }
// @memo
static unsigned long of_ulong(unsigned long x) { return x + 1; }
// @memo
static long long of_llong(long long x) { return -x; }
// @memo
static unsigned long long of_ullong(unsigned long long x) { return x + 1; }
// @memo
static bool of_bool(bool x) { return !x; }
// @memo
static _Bool of_Bool(_Bool x, int y) { return x && y > 0; }
// @memo
static enum colour of_enum(enum colour x) { return x == RED ? BLUE : RED; }
// @memo
static extent of_typedef_enum(extent x) { return x == SMALL ? LARGE : SMALL; }
// @memo
static enum big of_big(enum big x) { return x; }
// @memo
static float of_float(float x) { return x * 0.5f; }
// @memo
static double of_double(double x) { return x * 0.5; }
// @memo
static long double of_long_double(long double x) { return x * 0.5L; }
// @memo
static float _Complex of_float_complex(float _Complex x) { return x * x; }
// @memo
static double _Complex of_double_complex(double complex x) { return x * x; }
// @memo
static long double _Complex of_long_double_complex(long double _Complex x) { return x * x; }
// @memo
static __int128 of_int128(__int128 x) { return x * 3; }
// @memo
static unsigned __int128 of_uint128(unsigned __int128 x, char c) { return x * 3 + (unsigned char)c; }
// @memo
static int of_const(const int x) { return x + 1; }
// @memo
static const int of_const_result(volatile int x) { return x + 1; }
// @memo
static uint8_t of_many(uint8_t a, int16_t b, float c, bool d) { return (uint8_t)(a + b + c + d); }
// @memo
static long of_three_words(long a, long b, long c) { return a * 100 + b * 10 + c; }
// @memo
static int of_nothing(void) { return 42; }
// @memo
static void nothing(int x) { (void)x; }
// @memo
static wchar_t of_wchar(wchar_t x) { return x + 1; }
// @memo
static int of_atomic(_Atomic int x) { return x + 1; }

#pragma GCC diagnostic ignored "-Wfloat-equal"

int main(void)
{
    for (int round = 0; round < 2; round++) {
        printf("%d %d %d\n", of_schar(-128), of_uchar(255), of_char('a'));
        printf("%d %d %d %u\n", of_short(-32767), of_ushort(65535), of_int(-5), of_unsigned(~0u));
        printf("%ld %lu %lld %llu\n", of_long(-9), of_ulong(~0ul), of_llong(1ll << 62), of_ullong(~0ull));
        printf("%d %d %d %d\n", of_bool(true), of_Bool(1, 0), of_Bool(1, 1), of_bool(false));
        printf("%d %d %d %d\n", of_enum(RED), of_enum(BLUE), of_typedef_enum(SMALL), of_big(FAR));
        printf("%a %a\n", of_float(0.1f), of_double(0.1));
        printf("%La\n", of_long_double(0.1L));
        printf("%d %d\n", signbit(of_double(0.0)) != 0, signbit(of_double(-0.0)) != 0);
        printf("%d\n", isnan(of_double(NAN)) != 0);
        printf("%a %a\n", creal(of_double_complex(1 + 2 * I)), cimag(of_double_complex(1 + 2 * I)));
        printf("%a\n", (double)cimagf(of_float_complex(1 - 2 * I)));
        printf("%La\n", cimagl(of_long_double_complex(1 - 3 * I)));
        __int128 big = of_int128((__int128)1 << 100);
        printf("%llx %llx\n", (unsigned long long)(big >> 64), (unsigned long long)big);
        unsigned __int128 ubig = of_uint128(~(unsigned __int128)0, 'x');
        printf("%llx %llx\n", (unsigned long long)(ubig >> 64), (unsigned long long)ubig);
        printf("%d %d %d\n", of_const(1), of_const_result(2), of_many(1, 2, 3.5f, true));
        printf("%ld %ld\n", of_three_words(1, 2, 3), of_three_words(3, 2, 1));
        printf("%d\n", of_nothing());
        nothing(3);
        printf("%d %d\n", (int)of_wchar(L'a'), (int)of_atomic(4));
    }
    printf("%lu %d\n", show_char('a'), show_long_double(1.0L) != 0);
    TRAP_HITS(of_schar, 1);
    TRAP_HITS(of_uchar, 1);
    TRAP_HITS(of_char, 1);
    TRAP_HITS(of_short, 1);
    TRAP_HITS(of_ushort, 1);
    TRAP_HITS(of_int, 1);
    TRAP_HITS(of_unsigned, 1);
    TRAP_HITS(of_long, 1);
    TRAP_HITS(of_ulong, 1);
    TRAP_HITS(of_llong, 1);
    TRAP_HITS(of_ullong, 1);
    TRAP_HITS(of_bool, 2);
    TRAP_HITS(of_Bool, 2);
    TRAP_HITS(of_enum, 2);
    TRAP_HITS(of_typedef_enum, 1);
    TRAP_HITS(of_big, 1);
    TRAP_HITS(of_float, 1);
    TRAP_HITS(of_double, 4);
    TRAP_HITS(of_long_double, 1);
    TRAP_HITS(of_float_complex, 1);
    TRAP_HITS(of_double_complex, 3);
    TRAP_HITS(of_long_double_complex, 1);
    TRAP_HITS(of_int128, 1);
    TRAP_HITS(of_uint128, 1);
    TRAP_HITS(of_const, 1);
    TRAP_HITS(of_const_result, 1);
    TRAP_HITS(of_many, 1);
    TRAP_HITS(of_three_words, 2);
    TRAP_HITS(of_nothing, 1);
    TRAP_HITS(nothing, 1);
    TRAP_HITS(of_wchar, 1);
    TRAP_HITS(of_atomic, 1);
    return 0;
}
