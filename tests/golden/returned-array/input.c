/* Each caller owns a copy of the array. */
#include <stdlib.h>

struct sample {
    double time, value;
};

// @memo(returns(result[count]))
double *sample_sine(int count)
{
    double *samples = malloc((size_t)count * sizeof *samples);

    for (int i = 0; samples && i < count; i++)
        samples[i] = i;
    return samples;
}

// @memo
struct sample *make_sample(double time)
{
    struct sample *made = malloc(sizeof *made);

    if (made)
        *made = (struct sample){time, 0};
    return made;
}
