/* Nothing is annotated, so a file that cannot be read passes through. */
int plain(int n);

int plain(int n)
{
#ifdef UNREADABLE
    return m;
#else
    return n;
#endif
}
