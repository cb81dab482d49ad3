#define _GNU_SOURCE
#define result 1 +
#define data broken_data
#define count broken_count
#define runs broken_runs
#define keep broken_keep
#define name broken_name
#define next broken_next
#define table broken_table
#define state broken_state
#define flags broken_flags
#define reserved broken_reserved
#define run broken_run
#define min(a, b) ((a) < (b) ? (a) : (b))
#define unix broken_unix
#define linux broken_linux
#define begin broken_begin
#define end broken_end
#define word broken_word
#define low broken_low
#define hash broken_hash
#define size broken_size
#define type broken_type
#define kind broken_kind
#define fields broken_fields
#define offset broken_offset
#define value broken_value
#define key broken_key
#define call broken_call
#define result_count broken_result_count
#define weak broken_weak
#define unused broken_unused
#define destructor broken_destructor
#define visibility broken_visibility
#define hidden "broken"
#define always_inline broken_always
#define noinline broken_noinline
#define offsetof broken_offsetof
#define NULL_ 0
#undef NULL
#define assert(x) broken_assert
#ifndef inline_
#define inline_ inline
#endif
#define I broken_i
#define object broken_object
#define bits broken_bits
#define version broken_version
#define options broken_options
#define line broken_line
#define file broken_file
#define unit broken_unit
#define arguments broken_arguments
#define diagnostic broken_diagnostic
#define GCC broken_gcc
#define push broken_push
#define pop broken_pop
#define ignored broken_ignored
#define clang broken_clang
/* Names that generated code must not depend on. */
struct bit_fields {
    unsigned a : 3, b : 5;
};
struct two {
    int x;
    double y[2];
};
typedef struct two two;

int printf(const char *, ...);
void *malloc(__SIZE_TYPE__);
void free(void *);

/* @memo */
static int one(int x)
{
    return x + 1;
}
/* @memo */
static struct bit_fields two_fields(struct bit_fields b)
{
    b.a++;
    return b;
}
/* @memo(in(p[n]), out(q[n]), returns(result[n])) */
static two *three(const int *p, two *q, int n)
{
    int i;
    two *made = malloc(sizeof(two) * (__SIZE_TYPE__)n);
    for (i = 0; i < n; i++) {
        q[i].x = made[i].x = p[i];
        q[i].y[0] = q[i].y[1] = made[i].y[0] = made[i].y[1] = p[i];
    }
    return made;
}
/* @memo(cache_if=x > 0, key(__FILE__), depends("main.c")) */
static char *four(const char *s, int x)
{
    char *made = malloc(2);
    made[0] = (char)(s[0] + x);
    made[1] = '\0';
    return made;
}
/* @memo */
inline_ static const char five(const int x)
{
    return (char)(x + 'a');
}

int main(void)
{
    int round;
    for (round = 0; round < 2; round++) {
        struct bit_fields b = {3, 4};
        static const int p[] = {1, 2};
        two q[2], *made = three(p, q, 2);
        char *text = four("a", 2);
        b = two_fields(b);
        printf("%d %d %d\n", one(1), b.a, b.b);
        printf("%d %g %g %s %c\n", q[1].x, q[0].y[0], made[1].y[1], text, five(2));
        free(made);
        free(text);
    }
    return 0;
}
