#include "cache/framed.h"

#include <stdlib.h>
#include <string.h>

/* Answers that need no memory. */
#define FEW_BYTES 512

bool memo_framed_next(memo_framed *out, memo_framed *left)
{
    uint32_t length;

    if (left->size < sizeof length)
        return false;
    memcpy(&length, left->at, sizeof length);
    if (length > left->size - sizeof length)
        return false;
    *out = (memo_framed){left->at, sizeof length + length};
    left->at += out->size;
    left->size -= out->size;
    return true;
}

bool memo_framed_equal(memo_framed a, memo_framed b)
{
    return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

bool memo_framed_answer(memo_framed *out, const memo_drawn *drawn,
                        memo_framed question)
{
    memo_framed left = {drawn ? drawn->inputs : NULL,
                        drawn ? drawn->inputs_size : 0};
    memo_framed one;

    while (memo_framed_next(&one, &left) && memo_framed_next(out, &left)) {
        if (memo_framed_equal(one, question))
            return true;
    }
    return false;
}

void memo_framed_put(memo_sink *sink, const unsigned char *bytes,
                     memo_size size)
{
    uint32_t length = (uint32_t)size;

    memo_sink_put(sink, &length, sizeof length);
    memo_sink_put(sink, bytes, size);
}

bool memo_framed_ask(memo_sink *sink, const struct memo_recorder *recorder,
                     memo_framed question)
{
    unsigned char few[FEW_BYTES], *own = NULL, *more;
    const unsigned char *at = question.at + sizeof(uint32_t);
    memo_size asked = question.size - sizeof(uint32_t);
    memo_size room = sizeof few;
    memo_size size = recorder->answer(at, asked, few, room);

    while (size > room) {
        /* It may become longer meanwhile. */
        room = size + size / 4;
        more = realloc(own, room);
        if (!more) {
            free(own);
            return false;
        }
        own = more;
        size = recorder->answer(at, asked, own, room);
    }
    memo_framed_put(sink, own ? own : few, size);
    free(own);
    return true;
}
