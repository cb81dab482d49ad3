__attribute__((__weak__)) int by_prototype(int x);
extern int variable;
