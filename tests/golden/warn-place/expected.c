/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>
#line 1 "input.c"
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
        st_echo(.code = "goto end;") { goto end; }
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
#line 69 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_st_begin __attribute__((__weak__));
extern struct memo_source memo_source_st_draw_container __attribute__((__weak__));
extern struct memo_source memo_source_st_draw_echo __attribute__((__weak__));
extern struct memo_source memo_source_st_draw_text __attribute__((__weak__));
extern struct memo_source memo_source_st_end __attribute__((__weak__));
static const char *const memo_names_page[] = {
    "st_begin",
    "st_draw_container",
    "st_draw_echo",
    "st_draw_text",
    "st_end",
};
static struct memo_source *const memo_uses_page[] = {
    &memo_source_st_begin,
    &memo_source_st_draw_container,
    &memo_source_st_draw_echo,
    &memo_source_st_draw_text,
    &memo_source_st_end,
};
extern struct memo_source memo_source_page;
struct memo_source memo_source_page = {
    "page", { 8525570005458797395u, 49483106226153499u }, MEMO_BUILD, 5u, 0,
    memo_names_page, memo_uses_page};
