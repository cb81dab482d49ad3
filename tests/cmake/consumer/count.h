/* count.h -- how often each body ran. */
#ifndef COUNT_H
#define COUNT_H

enum body { AREA, PLAIN, LATE, MADE, BODIES };

void count(enum body body);

#endif
