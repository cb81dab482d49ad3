/* cache_asks.c -- a function whose result depends on what its body asks for.
 *
 *     cache_asks ANSWER...     call it while this is the answer
 */
#include <memo.h>
#include <memo/recorder.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *answer_now;
static unsigned char *asked;
static unsigned asked_size;

static void put(const char *text)
{
    unsigned size = (unsigned)strlen(text);

    asked = realloc(asked, asked_size + sizeof size + size);
    if (!asked)
        abort();
    memcpy(asked + asked_size, &size, sizeof size);
    memcpy(asked + asked_size + sizeof size, text, size);
    asked_size += (unsigned)sizeof size + size;
}

static const char *ask(const char *question)
{
    put(question);
    put(answer_now);
    return answer_now;
}

/* ---- the recorder -------------------------------------------------------- */

static void begin_body(const memo_body *body)
{
    (void)body;
    asked_size = 0;
}

static void end_body(memo_drawn *out, const void *call)
{
    (void)call;
    *out = (memo_drawn){.inputs = asked, .inputs_size = asked_size};
    asked = NULL;
}

static memo_size answer(const unsigned char *input, memo_size size,
                        unsigned char *out, memo_size room)
{
    (void)input;
    (void)size;
    if (strlen(answer_now) <= room)
        memcpy(out, answer_now, strlen(answer_now));
    return strlen(answer_now);
}

static int is_portable(memo_recording *recording)
{
    (void)recording;
    return 1;
}

static enum memo_replay judge(memo_recording *recording)
{
    (void)recording;
    return MEMO_REPLAY_DRAWS;
}

static const struct memo_recorder recorder = {.form = 1,
                                              .is_portable = is_portable,
                                              .begin = begin_body,
                                              .end = end_body,
                                              .judge = judge,
                                              .replay = memo_recording_drop,
                                              .answer = answer};

/* ---- what is remembered -------------------------------------------------- */

// @memo(persist="disk", impure_ok)
static int scale(int n)
{
    int factor = atoi(ask("factor"));

    if (factor > 5)
        ask("really?");
    return n * factor;
}

int main(int argc, char **argv)
{
    memo_set_recorder(&recorder);
    for (int i = 1; i < argc; i++) {
        answer_now = argv[i];
        printf("%d\n", scale(7));
        (void)memo_flush();
    }
    return EXIT_SUCCESS;
}
