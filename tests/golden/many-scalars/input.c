/* More than two words, or wide ones, go by the general way. */

// @memo
double interest(double amount, double rate, unsigned years, _Bool is_compound)
{
    return is_compound ? amount * rate * years : amount + rate * years;
}

// @memo
long double precise(long double value)
{
    return value / 3;
}
