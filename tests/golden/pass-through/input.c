/* Nothing is annotated here. */
int plain(int n);

int plain(int n)
{
    return n + 1;
}
