/* statistics.h -- a column of a table, in a few numbers. */
#ifndef STATISTICS_H
#define STATISTICS_H

struct statistics {
    long rows; /* that have a number in this column; -1: no such file */
    double mean;
    double minimum;
    double maximum;
};

/* Read a table of comma-separated numbers and sum up one column.
 * Shape: columns count from 0. */
struct statistics load_data(const char *path, int column);

#endif
