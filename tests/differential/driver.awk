# Append a main() to a csmith program: it calls every function without pointers
# on a few argument tuples, twice, and prints the results.
#
#   awk -f driver.awk program.c >> program.c
#
# csmith's own main calls one function once, which a cache cannot be tested by.
# Prototypes stand one on a line: `static int32_t  func_7(const int16_t  p_8);`

# "const int16_t  p_8" is "int16_t".
function plain(text)
{
    gsub(/(const|volatile) /, "", text)
    sub(/ +p_[0-9]+ *$/, "", text)
    gsub(/^ +| +$/, "", text)
    return text
}

# A statement that gives `name` a value of its own in every round.
function fill(type, name)
{
    if (type ~ /^(struct|union) /)
        return "        fill(&" name ", sizeof " name ");\n"
    return "        " name " = (" type ")next_value();\n"
}

/^(static|inline) [^()=]*func_[0-9]+\(.*\);$/ && !/\*/ {
    line = $0
    sub(/^((static|inline|const|volatile) )+/, "", line)
    open = index(line, "(")
    head = substr(line, 1, open - 1)
    parameters = substr(line, open + 1)
    sub(/\);$/, "", parameters)
    match(head, /func_[0-9]+/)
    name = substr(head, RSTART, RLENGTH)
    result = plain(substr(head, 1, RSTART - 1))
    body = ""
    arguments = ""
    if (parameters != "void") {
        count = split(parameters, list, ",")
        for (i = 1; i <= count; i++) {
            type = plain(list[i])
            body = body "        " type " a" i ";\n"
        }
        for (i = 1; i <= count; i++) {
            body = body fill(plain(list[i]), "a" i)
            arguments = arguments (i > 1 ? ", " : "") "a" i
        }
    }
    call = name "(" arguments ")"
    if (result ~ /^(struct|union) / || result == "void")
        body = body "        (void)" call ";\n"
    else
        body = body "        print(\"" name "\", (long long)" call ");\n"
    calls = calls "    for (int i = 0; i < 3; i++) {\n" body "    }\n"
}

END {
    print "#include <stdio.h>"
    print "static unsigned long long state;"
    print "static unsigned long long next_value(void)"
    print "{"
    print "    state = state * 6364136223846793005u + 1442695040888963407u;"
    print "    return state >> 61 ? state >> 40 : state >> 59;"
    print "}"
    print "static inline void fill(void *object, unsigned long size)"
    print "{"
    print "    for (unsigned long i = 0; i < size; i++)"
    print "        ((unsigned char *)object)[i] = (unsigned char)next_value();"
    print "}"
    print "static inline void print(const char *name, long long value)"
    print "{"
    print "    printf(\"%s = %lld\\n\", name, value);"
    print "}"
    print "static void call_all(void)"
    print "{"
    printf "%s", calls
    print "}"
    print "int main(void)"
    print "{"
    print "    for (int round = 0; round < 2; round++) {"
    print "        state = 1;"
    print "        call_all();"
    print "    }"
    print "    return 0;"
    print "}"
}
