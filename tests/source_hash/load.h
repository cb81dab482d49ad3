/* What load.c uses from elsewhere. */
enum colour { RED, GREEN = 4, BLUE };
struct pixel {
    unsigned char red;
    int alpha;
};
struct outer {
    int first;
    struct {
        int deep;
    };
};
struct passed {
    int whole;
};
struct passed *passed_on(int n);
#define ENTRY(x) x,
#define WEIGHT 3
#define SHADE_DARK 5
#define LIGHT_SHADE 6
#define SHADE(name) SHADE_##name
#define SHADED(name) name##_SHADE
#define SCALED(x) ((x) * WEIGHT)
static inline int brighten(int value)
{
    return value + GREEN;
}
