int memoized_below(int x);
