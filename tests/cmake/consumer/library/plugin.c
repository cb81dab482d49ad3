#ifndef plugin_EXPORTS
#error "the macro of a shared library counts"
#endif

#ifdef ONLY_MEMOGEN_SEES_THIS
typedef int number;
#else
typedef int number;
#endif

/* @memo */
number plugin(number x)
{
    return x * 2;
}
