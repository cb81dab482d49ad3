/* What cannot be asked of a page. */
#include <st.h>

// @memo
st_handle make(int n)
{
    return st_container(.border = n > 0);
}

// @memo
int draws_at(st_handle place, int n)
{
    st_text("there", .in = place);
    return n;
}

void page(void);
void page(void)
{
    st_help(missing);
    st_help(struct page);
}
