/* A function without a result and without inputs. */

// @memo
void prepare(void)
{
}

// @memo
void prepare_one(int which)
{
    (void)which;
}
