#include <settings.h>

/* @memo */
int archive(int x)
{
    return x + (int)sizeof(GREETING SETTINGS_NAME);
}
