/* st_help() tells of what is declared; nothing here is memoized. */
#include <st.h>

/* A point of the plane. */
struct point {
    /* to the right */
    double x;
    double y; // upwards
    char name[8], *more;
};

/* How to go on.
 *
 * "Quoted", and over lines. */
enum way {
    GO,       /* on */
    STAY = 7, ///< here
    LAST
};

/** Another name. */
typedef struct point place;
typedef struct {
    int n; /* how many */
} counted;
typedef unsigned long size;

// The distance of two points.
// @memo
double distance(struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/* Too far away. */

int limit = 3; /* not of what follows */
static const int table[] = {1, 2};

/* Twice. */
#define TWICE(x) ((x) + (x))

void page(void);

/* Draws it all. */
void page(void)
{
    st_help(struct point); st_help(enum way); /* on one line */
    st_help(place);
    st_help(counted);
    st_help(size);
    st_help(distance);
    st_help(limit);
    st_help(table);
    st_help(TWICE);
    st_help( page /* this one */ );
#if 0
    st_help(nothing);
#endif
}
