/* main.c -- st_app_main(), st_app_run(). */
#include "st/app.h"

#include "app/address.h"
#include "app/front.h"
#include "app/server.h"
#include "elements/fail.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static const char *base_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    return slash ? slash + 1 : path ? path : "app";
}

static int fail(const char *program, int code, const st_failure *error)
{
    fprintf(stderr, "%s: %s\n", program, error->text);
    return code;
}

static void print_url(const char *what, const st_options *options,
                      const char *address, unsigned port)
{
    bool is_long = strchr(address, ':') != NULL;

    printf("  %s%s://%s%s%s:%u%s\n", what, options->tls_cert ? "https" : "http",
           is_long ? "[" : "", address, is_long ? "]" : "", port,
           options->base_path);
}

static void print_urls(const st_options *options, unsigned port)
{
    bool is_everywhere = strcmp(options->address, "0.0.0.0") == 0 ||
                         strcmp(options->address, "::") == 0;
    char network[64];

    printf("You can now view your app in your browser.\n\n");
    if (!is_everywhere)
        print_url("", options, options->address, port);
    else
        print_url("here:    ", options, "localhost", port);
    if (is_everywhere && st_address_find_other(network, sizeof network))
        print_url("network: ", options, network, port);
    fflush(stdout);
}

/* As many connections as the system allows. */
static void raise_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int serve(const char *program, const st_app_facts *wanted)
{
    st_app_facts facts = *wanted;
    st_failure error;
    st_server *server;
    st_app *app;
    bool is_over;

    raise_limit();
    if (st_front_find(&facts.front, facts.options->front, &error) != ST_OK ||
        st_server_create(&server, facts.options, &error) != ST_OK)
        return fail(program, 1, &error);
    facts.wake = st_server_wake;
    facts.server = server;
    app = st_app_create(&facts);
    if (!app) {
        st_server_destroy(server);
        st_explain(&error, ST_NO_MEMORY, "out of memory");
        return fail(program, 1, &error);
    }
    print_urls(facts.options, st_server_port(server));
    st_server_run(server, app);
    is_over = st_app_destroy(app);
    /* What a run uses that does not end stays. */
    if (!is_over) {
        fprintf(stderr, "%s: a run of the page goes on; it is left\n", program);
        return 0;
    }
    st_server_destroy(server);
    return 0;
}

ST_EXPORT int st_app_run(int argc, char **argv, void (*page)(void *context),
                         void *context)
{
    const char *program = base_name(argc > 0 ? argv[0] : NULL);
    st_options options;
    st_failure error;
    int code = 0;

    if (st_options_read(&options, argc, argv, &error) != ST_OK)
        return fail(program, 2, &error);
    if (options.is_help) {
        st_options_print(program);
    } else if (options.is_headless) {
        st_status status = st_run_text(page, context);

        code = status == ST_OK || status == ST_STOPPED ? 0 : 1;
    } else {
        code = serve(program, &(st_app_facts){.options = &options,
                                              .name = program,
                                              .draw = page,
                                              .context = context});
    }
    st_options_finish(&options);
    return code;
}

typedef struct {
    void (*draw)(void);
} plain_page;

static void draw_plain(void *context)
{
    const plain_page *page = context;

    page->draw();
}

ST_EXPORT int st_app_main(int argc, char **argv, void (*page)(void))
{
    plain_page plain = {page};

    return st_app_run(argc, argv, draw_plain, &plain);
}
