#ifndef __STRICT_ANSI__
#error "C_EXTENSIONS OFF counts"
#endif

/* @memo */
int objects(int x)
{
    return x + 1;
}
