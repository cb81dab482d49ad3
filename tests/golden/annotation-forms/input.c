/* Every way to write an annotation. */

/*
 * @memo(
 *     ttl=60,
 *     max_entries=10
 * )
 *
 * The prose goes on.
 */
int in_block(int n)
{
    return n;
}

//! @cache_data(ttl = 90s,
//             version = "two"
//             "parts")

/* Something else may stand between. */

int over_lines(int n)
{
    return n;
}

/* @experimental_memo */ int same_line(int n) { return n; }
