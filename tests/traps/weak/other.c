#define STRONG(name, adds)                                                     \
    int name(int x);                                                           \
    int name(int x)                                                            \
    {                                                                          \
        return x + (adds);                                                     \
    }

STRONG(plain, 10)
STRONG(by_macro, 200)
STRONG(by_argument, 3000)
STRONG(one_of_two, 40000)
STRONG(by_prototype, 500000)
STRONG(by_pragma, 6000000)
extern int variable;
int variable = 70000000;
