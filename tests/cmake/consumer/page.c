#include <st.h>
#include <st/test.h>

#include <memo.h>

// @memo
int draw(int n)
{
    st_write(n);
    return n;
}

static void page(void *unused)
{
    (void)unused;
    draw(7);
}

int main(void)
{
    st_test *test = st_test_create(page, 0);
    memo_stats stats = {0};
    int wrong = st_test_run(test) != ST_OK || st_test_run(test) != ST_OK ||
                st_test_count(test, "markdown") != 1 ||
                memo_stats(draw, &stats) != MEMO_OK || stats.hits != 1;

    st_test_destroy(test);
    return wrong;
}
