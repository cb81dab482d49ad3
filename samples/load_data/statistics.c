#include "statistics.h"

#include <stdio.h>
#include <stdlib.h>

static void add(struct statistics *statistics, double value)
{
    statistics->rows++;
    statistics->mean += (value - statistics->mean) / (double)statistics->rows;
    if (statistics->rows == 1 || value < statistics->minimum)
        statistics->minimum = value;
    if (statistics->rows == 1 || value > statistics->maximum)
        statistics->maximum = value;
}

/* Find the number in this column of the line. */
static int read_column(const char *line, int column, double *value)
{
    char *end;

    for (; column > 0; column--) {
        while (*line != ',' && *line != '\0')
            line++;
        if (*line == '\0')
            return 0;
        line++;
    }
    *value = strtod(line, &end);
    return end != line;
}

// What is in the file counts, not only its name: depends() looks whether it
// has changed.  Reading it is then no surprise: impure_ok.
// @memo(ttl="10m", depends(path), impure_ok)
struct statistics load_data(const char *path, int column)
{
    struct statistics statistics = {0, 0.0, 0.0, 0.0};
    char line[256];
    double value;
    FILE *file = fopen(path, "r");

    if (!file) {
        statistics.rows = -1;
        return statistics;
    }
    while (fgets(line, sizeof line, file)) {
        if (read_column(line, column, &value))
            add(&statistics, value);
    }
    fclose(file);
    return statistics;
}
