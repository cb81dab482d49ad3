#include "inspect/answers.h"

#include "cache/framed.h"

#include <stdio.h>
#include <string.h>

/* Bytes that are shown as digits. */
#define SHOWN_BYTES 32

/* How many there are, one behind the other; SIZE_MAX: bytes are left. */
static size_t count_framed(const unsigned char *bytes, size_t size)
{
    memo_framed left = {bytes, size}, one;
    size_t count = 0;

    while (memo_framed_next(&one, &left))
        count++;
    return left.size == 0 ? count : SIZE_MAX;
}

bool memo_answers_are_questions(const unsigned char *bytes, size_t size)
{
    return count_framed(bytes, size) != SIZE_MAX;
}

bool memo_answers_are_pairs(const unsigned char *bytes, size_t size)
{
    size_t count = count_framed(bytes, size);

    return count != SIZE_MAX && count % 2 == 0;
}

/* Names and numbers stand side by side. */
static bool is_mostly_text(const unsigned char *bytes, size_t size)
{
    size_t readable = 0;

    for (size_t i = 0; i < size; i++)
        readable += (bytes[i] >= ' ' && bytes[i] < 0x7F) || bytes[i] >= 0x80;
    return memo_show_is_text(bytes, size) || readable > size / 2;
}

static void show_digits(memo_show_out *out, const unsigned char *bytes,
                        size_t size)
{
    char digits[2 * SHOWN_BYTES + 1];

    for (size_t i = 0; i < size && i < SHOWN_BYTES; i++)
        snprintf(&digits[2 * i], 3, "%02x", bytes[i]);
    memo_show_note(out, "<%zu bytes: %s%s>", size, digits,
                   size > SHOWN_BYTES ? "..." : "");
}

static void show_one(memo_show_out *out, memo_framed one)
{
    const unsigned char *bytes = one.at + sizeof(uint32_t);
    size_t size = (size_t)one.size - sizeof(uint32_t);

    if (is_mostly_text(bytes, size))
        memo_show_text(out, bytes, size);
    else
        show_digits(out, bytes, size);
}

static void show_pair(memo_show_out *out, memo_framed question,
                      memo_framed answer)
{
    if (!memo_show_open(out, false))
        return;
    memo_show_name(out, "question");
    show_one(out, question);
    memo_show_name(out, "answer");
    show_one(out, answer);
    memo_show_close(out);
}

static void show_all(memo_show_out *out, memo_framed left)
{
    memo_framed question, answer;

    memo_show_name(out, "answers");
    if (!memo_show_open(out, true))
        return;
    if (!memo_answers_are_pairs(left.at, (size_t)left.size))
        memo_show_note(out, "<too many>");
    else
        while (memo_framed_next(&question, &left) &&
               memo_framed_next(&answer, &left))
            show_pair(out, question, answer);
    memo_show_close(out);
}

void memo_show_answers(memo_sink *out, memo_show_form form,
                       const unsigned char *key, size_t size)
{
    memo_show_out shown;
    const size_t begin = 2 * sizeof(uint64_t);

    memo_show_begin(&shown, out, form);
    if (size >= begin)
        show_all(&shown, (memo_framed){key + begin, size - begin});
    memo_show_close(&shown);
}
