/* Lengths in the parameter list say how much of an array is an input. */

// @memo
double mean(int count, const double values[count])
{
    double sum = 0;

    for (int i = 0; i < count; i++)
        sum += values[i];
    return count > 0 ? sum / count : 0;
}

// @memo
int determinant(const int matrix[2][2])
{
    return matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0];
}

// @memo
float trace(int rows, int columns, const float m[rows][columns])
{
    float sum = 0;

    for (int i = 0; i < rows && i < columns; i++)
        sum += m[i][i];
    return sum;
}

// @memo
int first(const int pair[static 2])
{
    return pair[0] + pair[1];
}

// @memo(in(rows[count]))
int corner(int count, int width, const int (*rows)[width])
{
    return rows[count - 1][width - 1];
}
