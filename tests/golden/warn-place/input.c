/* Ways out of the braces of st_in(). */
#include <st.h>

#define DRAW(n) st_in(ST_SIDEBAR) { if (n) return 1; }

int page(int n, const int *all);
int page(int n, const int *all)
{
    for (int i = 0; i < n; i++) {
        st_in(ST_SIDEBAR)
        {
            if (all[i] == 0)
                continue;
            else if (all[i] == 1)
                break;
            st_text("there");
        }
        if (all[i] == 2)
            break;
    }
    st_in(st_container()) {
        for (int i = 0; i < n; i++)
            if (all[i] == 3)
                break;
            else
                continue;
        do { if (n) break; else continue; } while (n--);
        while (n) break;
        switch (n) {
        case 1:
            break;
        case 2: {
            st_in(ST_SIDEBAR) {
                st_text("deeper");
                break;
            }
            break;
        }
        default:
            return 3;
        }
        switch (n)
        case 4:
            continue;
        st_echo() { goto end; }
        int list[] = {1, 2}, sum = 0;
        sum += list[0];
#if 0
        return 5;
#endif
    }
    st_in(ST_SIDEBAR) { if (n) goto again; again: return 6; }
    st_in(ST_SIDEBAR) {
        st_in(ST_SIDEBAR) { if (n) goto outer; }
    outer:
        st_text("the inner one was left");
    }
    DRAW(n)
    while (n)
        st_in(ST_SIDEBAR)
            break;
end:
    return n;
}
