/* memogen does not see this file. */
int unseen(int n);

int unseen(int n)
{
    return n + 61;
}
