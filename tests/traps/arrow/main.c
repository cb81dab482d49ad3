/* Columns of Arrow as inputs and outputs. */
#include "trap.h"

#include <memo/arrow.h>

#include <string.h>

static void free_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void free_array(struct ArrowArray *array)
{
    free((void *)(size_t)array->buffers[1]);
    free(array->buffers);
    array->release = NULL;
}

static void make(struct ArrowSchema *schema, struct ArrowArray *array, int count)
{
    double *values = malloc((size_t)(count + 1) * sizeof *values);
    int i;

    for (i = 0; i < count; i++)
        values[i] = i * 0.5;
    memset(schema, 0, sizeof *schema);
    schema->format = "g";
    schema->name = "x";
    schema->release = free_schema;
    memset(array, 0, sizeof *array);
    array->length = count;
    array->n_buffers = 2;
    array->buffers = malloc(2 * sizeof *array->buffers);
    array->buffers[0] = NULL;
    array->buffers[1] = values;
    array->release = free_array;
}

/* @memo */
static double sum(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    const double *values;
    double total = 0;
    int64_t i;

    if (!schema || !array)
        return -1;
    values = array->buffers[1];
    for (i = 0; i < array->length; i++)
        total += values[array->offset + i];
    return total;
}

/* @memo(out(schema[1]), out(array[1])) */
static int doubled(const struct ArrowSchema *from_schema, const struct ArrowArray *from,
                   struct ArrowSchema *schema, struct ArrowArray *array)
{
    const double *values = from->buffers[1];
    double *made;
    int64_t i;

    (void)from_schema;
    make(schema, array, (int)from->length);
    made = (double *)(size_t)array->buffers[1];
    for (i = 0; i < from->length; i++)
        made[i] = 2 * values[from->offset + i];
    return (int)from->length;
}

/* @memo */
static int is_number(const struct ArrowSchema *schema)
{
    return strcmp(schema->format, "g") == 0;
}

struct batch {
    int number;
    struct ArrowSchema schema;
    struct ArrowArray array;
};

/* @memo */
static struct batch batch_of(int count)
{
    struct batch made;

    make(&made.schema, &made.array, count);
    made.number = count;
    return made;
}

/* @memo(deref(batch)) */
static double last_of(const struct batch *batch)
{
    const double *values = batch->array.buffers[1];

    return values[batch->array.offset + batch->array.length - 1] + batch->number;
}

int main(void)
{
    int round;

    for (round = 0; round < 3; round++) {
        struct ArrowSchema schema, result_schema;
        struct ArrowArray array, result, slice;
        struct batch batch = batch_of(7);

        make(&schema, &array, 1000);
        slice = array;
        slice.offset = 10;
        slice.length = 990;
        printf("%g %g %g\n", sum(&schema, &array), sum(&schema, &slice), sum(NULL, NULL));
        printf("%d ", doubled(&schema, &slice, &result_schema, &result));
        printf("%g %s %s %d\n", sum(&result_schema, &result), result_schema.format,
               result_schema.name, is_number(&result_schema));
        printf("%g\n", last_of(&batch));
        batch.array.release(&batch.array);
        batch.schema.release(&batch.schema);
        result.release(&result);
        result_schema.release(&result_schema);
        array.release(&array);
        schema.release(&schema);
    }
    TRAP_HITS(sum, 8);
    TRAP_HITS(doubled, 2);
    TRAP_HITS(is_number, 2);
    TRAP_HITS(batch_of, 2);
    TRAP_HITS(last_of, 2);
    return 0;
}
