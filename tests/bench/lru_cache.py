"""The functions of functions.h, remembered by functools.lru_cache.

Reads commands from standard input, one a line, and answers each with a line:

    run KIND COUNT   then COUNT keys of 4 bytes: call them; nanoseconds per call
    clear            forget everything; 0
    memory           resident bytes

Arguments are made before the clock starts, and anew for every call: a key that
is the very object of an earlier call would not be compared, nor a text or bytes
hashed, which no other way of remembering can do.
"""

import array
import functools
import gc
import os
import sys
import time


@functools.lru_cache(maxsize=None)
def scalar(x, n):
    return x + n


@functools.lru_cache(maxsize=None)
def text(key):
    return float(ord(key[0]) + ord(key[20]))


@functools.lru_cache(maxsize=None)
def record(key):
    return float(key[0] + key[1019])


@functools.lru_cache(maxsize=None)
def array_of_bytes(key):
    return float(key[0] + key[-1])


RECORD = bytes(i % 251 for i in range(1016))
ARRAY = bytes(i % 251 for i in range((1 << 20) - 4))


def run_scalars(keys):
    arguments = [float(key) for key in keys]
    start = time.perf_counter_ns()
    for x in arguments:
        scalar(x, 7)
    return time.perf_counter_ns() - start


def run_one_argument(function, arguments):
    start = time.perf_counter_ns()
    for argument in arguments:
        function(argument)
    return time.perf_counter_ns() - start


def run(kind, keys):
    if kind == "scalar":
        return run_scalars(keys)
    if kind == "text":
        return run_one_argument(text, [f"customer/{key:010}/x" for key in keys])
    if kind == "record":
        return run_one_argument(
            record, [key.to_bytes(4, "little") + RECORD for key in keys]
        )
    # A few at a time: each of them is a copy of 1 MiB.
    return sum(
        run_one_argument(array_of_bytes, [key.to_bytes(4, "little") + ARRAY])
        for key in keys
    )


def clear():
    for function in (scalar, text, record, array_of_bytes):
        function.cache_clear()
    gc.collect()
    return 0


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    # What is kept is no garbage: it need not be searched for any.
    gc.disable()
    commands = sys.stdin.buffer
    for line in commands:
        words = line.decode().split()
        if words[0] == "run":
            count = int(words[2])
            keys = array.array("I", commands.read(4 * count))
            answer = run(words[1], keys) / max(count, 1)
        elif words[0] == "clear":
            answer = clear()
        else:
            answer = resident_bytes()
        print(answer, flush=True)


if __name__ == "__main__":
    main()
