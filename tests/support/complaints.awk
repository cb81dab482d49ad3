# Print the part of each complaint that is the same whatever it is about.
#
#   awk -f complaints.awk generator/*.c
#
# A complaint is a literal of several words; adjacent literals are one.  What
# looks like code (a brace, two underscores) is none.

function finish(    count, parts, i, longest) {
    if (text !~ /[{]|__|memo_/) {
        count = split(text, parts, /%[.*0-9]*[a-z]+/)
        longest = ""
        for (i = 1; i <= count; i++)
            if (length(parts[i]) > length(longest))
                longest = parts[i]
        if (longest ~ /[a-z]+ [a-z]+ .*[a-z]/)
            print longest
    }
    text = ""
}

{
    line = $0
    if (line ~ /^ *\*|^ *\/\*|^#|^_Static_assert/)
        next
    while (match(line, /"(\\.|[^"\\])*"/)) {
        if (substr(line, 1, RSTART - 1) !~ /^ *$/)
            finish()
        piece = substr(line, RSTART + 1, RLENGTH - 2)
        gsub(/\\"/, "\"", piece)
        text = text piece
        line = substr(line, RSTART + RLENGTH)
    }
    if (line !~ /^ *$/)
        finish()
}
