/* Structs by value, field by field: nested ones, arrays, bit-fields. */

struct point {
    double x, y;
};

struct box {
    struct point corner[2];
    unsigned is_filled : 1;
    unsigned : 3;
    signed layer : 4;
    char name[8];
};

typedef struct {
    int red, green, blue;
} color;

// @memo
struct point center(struct box box)
{
    struct point middle = {(box.corner[0].x + box.corner[1].x) / 2,
                           (box.corner[0].y + box.corner[1].y) / 2};

    return middle;
}

// @memo
struct box frame(struct point size, color line)
{
    struct box made = {{{0, 0}, size}, 1, 2, "frame"};

    made.is_filled = line.red > 0;
    return made;
}
