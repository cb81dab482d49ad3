static __inline__ const char *header_file(void)
{
    return __FILE__;
}
