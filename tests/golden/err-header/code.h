int counted; /* @memo deref */
static inline int counter(void)
{
    int local = 0; // @memo deref
    return local;
}
