#include "count.h"

#include <settings.h>
#include <stdio.h>

int area(int width, int height);
int plain(int x);
int late(int x);
int made(int x);
int archive(int x);
int objects(int x);
int plugin(int x);

static int runs[BODIES];

void count(enum body body)
{
    runs[body]++;
}

int main(void)
{
    int i;

    for (i = 0; i < 3; i++) {
        printf("area %d, plain %d, late %d, made %d\n", area(3, 4), plain(5),
               late(6), made(7));
        printf("archive %d, objects %d, plugin %d\n", archive(1), objects(2),
               plugin(3));
    }
    printf("%s from %s\n", GREETING, SETTINGS_NAME);
    printf("runs: area %d, plain %d, late %d, made %d\n", runs[AREA],
           runs[PLAIN], runs[LATE], runs[MADE]);
    return 0;
}
