#include "trap.h"
int bom(int x);
/* @memo */ int bom(int x) { return x; } // the end