"""What a hit costs with joblib.Memory and with diskcache: python3 stores.py FOLDER

Prints the least and the median of some rounds, in microseconds.
"""

import statistics
import sys
import time

KEYS = 300
ROUNDS = 7


def measure(name, get, count):
    figures = []
    for key in range(KEYS):
        get(key, count)
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for key in range(KEYS):
            get(key, count)
        figures.append((time.perf_counter() - begin) / KEYS * 1e6)
    print(f"{name:<16} {min(figures):8.2f} / {statistics.median(figures):8.2f}"
          f"   {count * 8} bytes")


def compute(key, count):
    return bytes(8 * count)


def main(folder):
    import diskcache
    import joblib

    memory = joblib.Memory(folder + "/joblib", verbose=0)
    remembered = memory.cache(compute)
    cache = diskcache.Cache(folder + "/diskcache")
    stored = cache.memoize()(compute)
    print("\nThe same with Python's, microseconds, minimum / median")
    for count in (8, 8192):
        measure("joblib.Memory", remembered, count)
        measure("diskcache", stored, count)


main(sys.argv[1])
