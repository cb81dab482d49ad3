/* Arrays of Arrow that lack something. */
#include <memo/arrow.h>

// @memo
int alone(const struct ArrowArray *array) { return (int)array->length; }

// @memo(out(array[1]))
int constant(const struct ArrowSchema *schema, struct ArrowArray *array)
{
    (void)schema;
    return (int)array->length;
}

// @memo(out(one[1]), out(other[1]))
int shared(struct ArrowSchema *schema, struct ArrowArray *one,
           struct ArrowArray *other)
{
    (void)schema, (void)one, (void)other;
    return 0;
}

// @memo
int unsaid(struct ArrowSchema *schema, struct ArrowArray *array)
{
    (void)schema, (void)array;
    return 0;
}

struct apart {
    struct ArrowArray array;
    struct ArrowSchema schema;
};
// @memo
struct apart apart(int n) { struct apart a = {0}; (void)n; return a; }
// @memo
int by_value(struct ArrowArray array) { return (int)array.length; }
