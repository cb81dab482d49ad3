/* Tables of data in and out. */
#include <memo/arrow.h>

// @memo
double sum(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    (void)schema;
    return (double)array->length;
}

// @memo(out(schema[1]), out(array[1]), cache_if=result == 0)
int load(const char *path, struct ArrowSchema *schema, struct ArrowArray *array)
{
    (void)path;
    schema->release = 0;
    array->release = 0;
    return 0;
}
