#define AREA_UNIT 10
