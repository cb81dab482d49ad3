/* A page for browsers. */
#include <st.h>
#include <st/app.h>

// @memo
static int twice(int n)
{
    st_text("twice");
    return 2 * n;
}

static void draw(void)
{
    st_write(twice(4));
}

int main(int argc, char **argv)
{
    return st_app_main(argc, argv, draw);
}
