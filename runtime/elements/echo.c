/* echo.c -- what shows the program itself: its code, and what a name is. */
#include "elements/fail.h"
#include "elements/message.h"
#include "st/elements.h"

ST_EXPORT void st_draw_echo(const struct st_echo *arguments)
{
    static const char missing[] =
        "/* memogen puts the code here that stands below: build this file "
        "with it. */";
    St__Code code = ST__CODE__INIT;

    code.code_text = st_unconst(arguments->code ? arguments->code : missing);
    code.language = st_unconst("c");
    ST_DRAW(ST_CODE, code, CODE, &code, arguments->in, false);
}

/* ---- help ---------------------------------------------------------------- */

/* Members, and pointers to them, as the message wants them.
 * Errors: NULL: out of memory. */
static St__Member **make_members(const struct st_help *arguments)
{
    size_t count = arguments->member_count;
    St__Member *all =
        (St__Member *)(void *)st_message_room(count * sizeof *all);
    St__Member **list =
        (St__Member **)(void *)st_message_room(count * sizeof *list);

    for (size_t i = 0; all && list && i < count; i++) {
        const struct st_help_member *member = &arguments->members[i];

        all[i] = (St__Member)ST__MEMBER__INIT;
        all[i].name = st_unconst(member->name);
        all[i].type = st_unconst(member->type);
        all[i].contents_case = member->value ? ST__MEMBER__CONTENTS_VALUE
                                             : ST__MEMBER__CONTENTS_DOC_STRING;
        if (member->value)
            all[i].value = st_unconst(member->value);
        else
            all[i].doc_string = st_unconst(member->doc);
        list[i] = &all[i];
    }
    return all ? list : NULL;
}

ST_EXPORT void st_draw_help(const struct st_help *arguments)
{
    static const char missing[] =
        "memogen puts the declaration and its comment here: build this file "
        "with it.";
    St__Help help = ST__HELP__INIT;
    const char *doc = arguments->doc;

    if (!st_is_drawing())
        return;
    if (!doc && !arguments->type && arguments->member_count == 0)
        doc = missing;
    help.name = st_unconst(arguments->name);
    help.type = st_unconst(arguments->type);
    help.value = st_unconst(arguments->value);
    help.doc_string = st_unconst(doc);
    if (arguments->member_count > 0)
        help.members = make_members(arguments);
    help.n_members = help.members ? arguments->member_count : 0;
    ST_DRAW(ST_HELP, help_info, HELP_INFO, &help, arguments->in, false);
}
