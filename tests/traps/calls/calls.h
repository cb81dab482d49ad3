typedef int unary(int);
int even(int n);
int odd(int n);
unary *pick(int which);
int outside(int x);
