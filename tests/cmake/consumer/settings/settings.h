#define SETTINGS_NAME "settings.h"
