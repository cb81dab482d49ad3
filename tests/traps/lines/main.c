/* Lines and names that the program can see of itself. */
#include "trap.h"

#include <assert.h>
#include <string.h>

#define HERE __LINE__
#define NAME __func__
#define LOG(text) (void)(note(__FILE__, __LINE__, __func__) + (int)sizeof(text))

static int noted;
static const char *noted_file, *noted_function;
static int note(const char *file, int line, const char *function)
{
    noted_file = file;
    noted_function = function;
    return noted = line;
}

// @memo
static int line_in(int x)
{
    return __LINE__ * 10 + x;
}

/* @memo */ static int in_one_line(int x) { return x + __LINE__; } enum { BEHIND = __LINE__ };

// @memo
static __attribute__((cold))
__attribute__((used)) int
over_lines(int x,
           int y)
{ return x + y * __LINE__; }

// @memo
static int
    #if 1
several
    #endif
    (int x,
     int line)
{ return x + line + __LINE__; } enum { BEHIND_TOO = __LINE__ };

// @memo
static __attribute__((used, cold)) int attributes_move(int x) { return x + HERE; }

// @memo(impure_ok, returns(static))
static const char *says_name(int x)
{
    LOG("x");
    return x ? __func__ : NAME;
}
// @memo(impure_ok, returns(static))
static const char *says_function(void)
{
    return __extension__ __FUNCTION__;
}
// @memo(impure_ok)
static int uses_counter(int x)
{
    return x + __COUNTER__ * 0;
}
// @memo
static int asserts(int x)
{
    assert(x > 0);
    return x;
}
static int after(void)
{
    return __LINE__;
}
#define ELSEWHERE 700 "made.y"
#line 500 "grammar.y"
// @memo
static int from_grammar(int x)
{
    return x + __LINE__;
} static const char *grammar(void) { return __FILE__; }
#if 0
#line 1 "skipped.y"
#endif
# 600 "more.y"
// @memo
static int numbered(int x) { return x + __LINE__; } enum { BEHIND_NUMBERED = __LINE__ };
#line ELSEWHERE
// @memo
static int by_macro(int x) { return x + __LINE__; } static const char *made(void) { return __FILE__; }
#line 900
static int renumbered(void) { return __LINE__; }
enum { FIRST = __COUNTER__, SECOND = __COUNTER__ };

int main(void)
{
    for (int round = 0; round < 2; round++) {
        printf("%d %d %d %d\n", line_in(1), in_one_line(1), BEHIND, BEHIND_TOO);
        printf("%d %d\n", several(1, 2), attributes_move(3) + over_lines(1, 2));
        printf("%s %s %s\n", says_name(0), says_name(1), says_function());
        printf("%d %s %s\n", noted, strrchr(noted_file, '/') ? strrchr(noted_file, '/') : noted_file, noted_function);
        printf("%d %d\n", asserts(1), uses_counter(2));
        printf("%d %d %d %d\n", from_grammar(1), numbered(1), BEHIND_NUMBERED, by_macro(1));
        printf("%s %s %d %s:%d\n", grammar(), made(), renumbered(), __FILE__, __LINE__);
        printf("%d %d %s\n", after(), SECOND - FIRST, __func__);
    }
    TRAP_HITS(line_in, 1);
    TRAP_HITS(in_one_line, 1);
    TRAP_HITS(several, 1);
    TRAP_HITS(attributes_move, 1);
    TRAP_HITS(asserts, 1);
    TRAP_HITS(from_grammar, 1);
    TRAP_HITS(numbered, 1);
    TRAP_HITS(by_macro, 1);
    return 0;
}
