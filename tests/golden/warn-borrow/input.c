extern char *copy_of(const char *text);

// @memo(borrow)
char *changeable(const char *text) { return copy_of(text); }

// @memo(borrow)
const char *constant(const char *text) { return copy_of(text); }

// @memo(borrow=false)
char *copied(const char *text) { return copy_of(text); }
