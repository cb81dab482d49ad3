/* st_echo() shows the text of its block; nothing here is memoized. */
#include <st.h>

#define WRAPPED st_echo() { st_text("of a macro"); }

void page(void);
void page(void)
{
    st_echo() {
        st_text("shown \"as\" code"); /* and run */

        if (1)
            st_text("deeper");
    }
    st_echo(.in = ST_SIDEBAR) { st_text("one line"); }
    st_echo() st_text("no block");
#if 0
    st_echo() { st_text("left out"); }
#endif
    WRAPPED
}
