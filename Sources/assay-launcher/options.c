// The command line: every option is required, so that no default here can differ from one in the harness. Those of the
// environment are required together, or left out together; a burst may do without the output.

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "launcher.h"

// The upper bound leaves room to add a limit to a clock reading.
static const int64_t largest_number = INT64_MAX / 4;

static int64_t number(const char *name, const char *text, int64_t smallest, int64_t largest) {
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < smallest || value > largest)
        refuse(EX_COMMAND_LINE, "--%s %s: expected a whole number from %" PRId64 " to %" PRId64, name, text, smallest,
               largest);
    return value;
}

struct options read_options(int count, char **arguments) {
    enum { time_limit, grace, output_limit, errors, output, commands, records,
           environment, interval, rows, machine, all };
    const struct option names[] = {
        {"time-limit-nanoseconds", required_argument, NULL, time_limit},
        {"grace-nanoseconds", required_argument, NULL, grace},
        {"output-limit-bytes", required_argument, NULL, output_limit},
        {"errors", required_argument, NULL, errors},
        {"output", required_argument, NULL, output},
        {"commands", required_argument, NULL, commands},
        {"records", required_argument, NULL, records},
        {"environment", required_argument, NULL, environment},
        {"environment-interval-nanoseconds", required_argument, NULL, interval},
        {"environment-rows", required_argument, NULL, rows},
        {"machine", required_argument, NULL, machine},
        {NULL, 0, NULL, 0},
    };
    bool is_burst = count > 1 && strcmp(arguments[1], "burst") == 0;
    if (is_burst) {
        count--;
        arguments++;
    }
    const char *values[all] = {NULL};
    opterr = 0;
    int chosen;
    // "+": stop at the first word that is no option, which is the program.
    while ((chosen = getopt_long(count, arguments, "+", names, NULL)) != -1) {
        if (chosen < 0 || chosen >= all)
            refuse(EX_COMMAND_LINE, "unknown or incomplete option %s", arguments[optind - 1]);
        values[chosen] = optarg;
    }
    bool is_sampling = false;
    for (int index = environment; index < all; index++) is_sampling = is_sampling || values[index] != NULL;
    for (int index = 0; index < all; index++) {
        bool is_of_burst = index == commands || index == records;
        bool is_needed = index <= errors || (index >= environment && is_sampling)
            || (is_burst ? is_of_burst : index == output);
        if (is_needed && values[index] == NULL) refuse(EX_COMMAND_LINE, "--%s is missing", names[index].name);
        if (is_of_burst && !is_burst && values[index] != NULL)
            refuse(EX_COMMAND_LINE, "--%s goes with the word burst before all options", names[index].name);
    }
    if (is_burst && optind < count)
        refuse(EX_COMMAND_LINE, "%s: a burst takes its commands from a file, by --commands", arguments[optind]);
    if (!is_burst && optind >= count) refuse(EX_COMMAND_LINE, "the program is missing: put it after --");
    struct options options = {
        .time_limit_nanoseconds = number(names[time_limit].name, values[time_limit], 0, largest_number),
        .grace_nanoseconds = number(names[grace].name, values[grace], 0, largest_number),
        .output_limit_bytes = number(names[output_limit].name, values[output_limit], 0, largest_number),
        .output = values[output],
        .errors = values[errors],
        .command = arguments + optind,
        .commands = values[commands],
        .records = values[records],
        .signals = -1,
    };
    if (is_sampling) {
        // Samples closer together than a millisecond would be most of what is measured.
        options.environment_interval_nanoseconds = number(names[interval].name, values[interval], 1000000, largest_number);
        options.environment_rows = number(names[rows].name, values[rows], 4, environment_rows_maximum);
        options.environment = values[environment];
        options.machine = values[machine];
    }
    return options;
}
