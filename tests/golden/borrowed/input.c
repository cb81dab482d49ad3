/* Memory that all callers share. */

extern void *allocate(unsigned long size);
struct point {
    double x, y;
};

/* @memo(borrow) */
const char *get_text(int number)
{
    char *text = (char *)allocate(10);
    text[0] = (char)number;
    text[1] = 0;
    return text;
}

/* @memo(borrow, returns(result[n]), out(last[1])) */
static const struct point *points(int n, int *last)
{
    *last = n;
    return (const struct point *)allocate((unsigned long)n * 16);
}

int use(int *last);
int use(int *last) { return points(3, last) != 0; }
