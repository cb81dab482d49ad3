#include "widgets/now.h"

#include "elements/fail.h"
#include "widgets/calendar.h"

#include <string.h>
#include <time.h>

static struct tm read_clock(void)
{
    time_t seconds = time(NULL);
    struct tm parts = {0};

    localtime_r(&seconds, &parts);
    return parts;
}

size_t st_now_answer(const st_session *session, char asks, char *out)
{
    bool is_set = session && st_date_is_valid(session->today);
    struct tm clock = is_set ? (struct tm){0} : read_clock();
    char text[ST_CALENDAR_TEXT];

    if (asks == ST_ASKS_DATE)
        st_date_print(text, is_set
                                ? session->today
                                : (st_date){clock.tm_year + 1900,
                                            clock.tm_mon + 1, clock.tm_mday});
    else
        st_time_print(text, is_set ? session->now
                                   : (st_time){clock.tm_hour, clock.tm_min});
    out[0] = ST_VALUE_TEXT;
    return 1 + strlen(strcpy(out + 1, text));
}

/* Asked in a body it is an input; the answer as a text. */
static void ask(char asks, char *text)
{
    st_thread *self = st_thread_self();
    const st_page *page = st_page_now(self);
    char value[ST_NOW_VALUE];
    size_t size = st_now_answer(page ? page->session : NULL, asks, value);

    if (self && self->level)
        st_note_input((st_bytes){&asks, 1}, (st_bytes){value, size}, false);
    memcpy(text, value + 1, size - 1);
    text[size - 1] = '\0';
}

ST_EXPORT st_date st_today(void)
{
    char text[ST_NOW_VALUE];
    st_date date = {0, 0, 0};

    ask(ST_ASKS_DATE, text);
    st_date_read(&date, text);
    return date;
}

ST_EXPORT st_time st_now(void)
{
    char text[ST_NOW_VALUE];
    st_time time = {0, 0};

    ask(ST_ASKS_TIME, text);
    st_time_read(&time, text);
    return time;
}
