/* Made by memogen from input.c. Do not edit. */
#include <memo/generated.h>
#line 1 "input.c"
/* st_echo() shows the text of its block; nothing here is memoized. */
#include <st.h>

#define WRAPPED st_echo() { st_text("of a macro"); }

void page(void);
void page(void)
{
    st_echo(.code = "st_text(\"shown \\\"as\\\" code\"); /* and run */\012\012if (1)\012    st_text(\"deeper\");") {
        st_text("shown \"as\" code"); /* and run */

        if (1)
            st_text("deeper");
    }
    st_echo(.code = "st_text(\"one line\");", .in = ST_SIDEBAR) { st_text("one line"); }
    st_echo() st_text("no block");
#if 0
    st_echo() { st_text("left out"); }
#endif
    WRAPPED
}
#line 26 "<stdout>"

/* ---- source hashes: made by memogen ---- */

extern struct memo_source memo_source_st_draw_echo __attribute__((__weak__));
extern struct memo_source memo_source_st_draw_text __attribute__((__weak__));
static const char *const memo_names_page[] = {
    "st_draw_echo",
    "st_draw_text",
};
static struct memo_source *const memo_uses_page[] = {
    &memo_source_st_draw_echo,
    &memo_source_st_draw_text,
};
extern struct memo_source memo_source_page;
struct memo_source memo_source_page = {
    "page", { 2464010211378541658u, 7971631334260420447u }, MEMO_BUILD, 2u, 0,
    memo_names_page, memo_uses_page};
