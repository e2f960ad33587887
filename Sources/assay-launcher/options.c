// The command line: every option is required, so that no default here can differ from one in the harness.

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "launcher.h"

static int64_t number(const char *name, const char *text) {
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    // The upper bound leaves room to add a limit to a clock reading.
    const long long largest = INT64_MAX / 4;
    if (errno != 0 || end == text || *end != '\0' || value < 0 || value > largest)
        refuse(EX_COMMAND_LINE, "--%s %s: expected a whole number from 0 to %lld", name, text, largest);
    return value;
}

struct options read_options(int count, char **arguments) {
    enum { time_limit, grace, output_limit, output, errors, all };
    const struct option names[] = {
        {"time-limit-nanoseconds", required_argument, NULL, time_limit},
        {"grace-nanoseconds", required_argument, NULL, grace},
        {"output-limit-bytes", required_argument, NULL, output_limit},
        {"output", required_argument, NULL, output},
        {"errors", required_argument, NULL, errors},
        {NULL, 0, NULL, 0},
    };
    const char *values[all] = {NULL};
    opterr = 0;
    int chosen;
    // "+": stop at the first word that is no option, which is the program.
    while ((chosen = getopt_long(count, arguments, "+", names, NULL)) != -1) {
        if (chosen < 0 || chosen >= all)
            refuse(EX_COMMAND_LINE, "unknown or incomplete option %s", arguments[optind - 1]);
        values[chosen] = optarg;
    }
    for (int index = 0; index < all; index++) {
        if (values[index] == NULL) refuse(EX_COMMAND_LINE, "--%s is missing", names[index].name);
    }
    if (optind >= count) refuse(EX_COMMAND_LINE, "the program is missing: put it after --");
    return (struct options){
        .time_limit_nanoseconds = number(names[time_limit].name, values[time_limit]),
        .grace_nanoseconds = number(names[grace].name, values[grace]),
        .output_limit_bytes = number(names[output_limit].name, values[output_limit]),
        .output = values[output],
        .errors = values[errors],
        .command = arguments + optind,
        .signals = -1,
    };
}
