import Foundation
import Subprocess
import SystemPackage
import Testing

/// Programs of others' kinds: the examples are built and run, and what they leave is read.
@Suite("Examples of other programs", .serialized)
struct OtherProgramTests {
    private static let include = "-I $ROOT/Sources/CTrace/include"
    private static let strict = "-Wall -Wextra -Wpedantic -Werror"

    /// Whether `cc` can link with the sanitizers, which are packages of their own.
    static let hasSanitizers: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "echo 'int main(void){return 0;}' | cc -fsanitize=address,undefined -x c - -o /dev/null 2>/dev/null",
        ]
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        if process.terminationStatus != 0 { print("SKIPPED: cc cannot link with -fsanitize=address,undefined") }
        return process.terminationStatus == 0
    }()

    @Test(
        "the C example is built without a warning as C99, and its trace is read, trusted or doubtful",
        arguments: [1, 4])
    func example(customers: Int) async throws {
        let outcome = try await Shell.run(
            """
            cc -std=c99 -O2 \(Self.strict) \(Self.include) -o bakery $ROOT/Examples/c/bakery.c -pthread &&
            ./bakery --customers \(customers) --warm-up 100ms --measure 600ms --trace t && assay trace summary t && assay audit t
            """)
        // What the machine did meanwhile may make it doubtful; nothing of the trace is invalid.
        #expect(outcome.status < 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("\"eventsDropped\": 0}"))
        for stage in ["request", "queue-wait", "persist"] {
            #expect(outcome.output.contains(stage), "\(outcome.output)")
        }
        #expect(!outcome.output.contains("(audit drops)") && !outcome.output.contains("(audit conservation)"))
        #expect(!outcome.output.contains("(audit stage-sum)") && !outcome.output.contains("(audit little)"))
    }

    @Test("the header is valid C++, and without the implementation valid in any file")
    func plusPlus() async throws {
        let outcome = try await Shell.run(
            """
            printf '#include "assay_trace.h"\\nint main(void) { return 0; }\\n' >a.c
            printf '#define ASSAY_TRACE_IMPLEMENTATION\\n#include "assay_trace.h"\\nint main() {}\\n' >a.cpp
            cc -std=c99 \(Self.strict) \(Self.include) -fsyntax-only a.c || exit 1
            command -v c++ >/dev/null || { echo 'SKIPPED: no c++' >&2; exit 0; }
            c++ -std=c++11 \(Self.strict) \(Self.include) -fsyntax-only a.cpp
            """)
        #expect(outcome.status == 0, "\(outcome.errors)")
        if outcome.errors.contains("SKIPPED") { print(outcome.errors) }
    }

    @Test("the C example runs clean under the sanitizers", .enabled(if: hasSanitizers))
    func sanitized() async throws {
        let outcome = try await Shell.run(
            """
            cc -std=c99 -g -fsanitize=address,undefined -fno-sanitize-recover=all \(Self.include) -o bakery \
            $ROOT/Examples/c/bakery.c -pthread &&
            ./bakery --customers 20 --bake-ms 1 --warm-up 50ms --measure 300ms --trace t && assay audit t >audit
            [ $? -lt 2 ] || { cat audit; exit 1; }
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors == "")
    }

    @Test("the launcher runs a burst clean under the sanitizers", .enabled(if: hasSanitizers))
    func sanitizedLauncher() async throws {
        let outcome = try await Shell.run(
            """
            cc -g -D_GNU_SOURCE -Wno-unknown-pragmas -fsanitize=address,undefined -fno-sanitize-recover=all \
            -o launcher $ROOT/Sources/assay-launcher/*.c && mkfifo lifeline && mkdir work && cd work || exit 1
            exec 3<>../lifeline
            { printf '2\\0001\\000/bin/true\\0003\\000/bin/sh\\000-c\\000echo x >&2\\000'
            printf '5\\0000\\0001\\0000\\0001\\0000\\000'; } >../commands
            ../launcher burst --time-limit-nanoseconds 5000000000 --grace-nanoseconds 100000000 \
            --output-limit-bytes 1000 --errors ../errors --commands ../commands --records ../records \
            --environment ../environment --environment-interval-nanoseconds 1000000 --environment-rows 8 --machine / \
            <&3 3<&- && tail -n 1 ../records
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("\"runs\":5,"))
        #expect(outcome.output.contains("\n4,"))
        #expect(outcome.errors == "")
    }

    @Test("a stream that changes threads, a full file and events without a stream are told as they are")
    func hardCases() async throws {
        let outcome = try await Shell.run(
            """
            cat >a.c <<'END'
            #define ASSAY_TRACE_IMPLEMENTATION
            #include "assay_trace.h"
            #include <stdio.h>
            static assay_stream *stream;
            static void *other(void *nothing) {
                assay_stream_adopt(stream);
                assay_record(stream, ASSAY_REQUEST_DONE, 1, 0, 0);
                return nothing;
            }
            int main(void) {
                struct assay_trace_report report;
                pthread_t thread;
                int index;
                assay_trace *trace = assay_trace_open("t", "{}", 4096 + 2 * 65536);
                if (!trace || assay_trace_open("t", NULL, 0) || errno != EEXIST) return 2;
                if (assay_trace_open("u", NULL, 5000) || errno != EINVAL) return 3;
                assay_record(NULL, ASSAY_REQUEST_START, 1, 0, 0);
                stream = assay_stream_open(trace);
                assay_record(stream, ASSAY_REQUEST_START, 1, 0, 0);
                pthread_create(&thread, NULL, other, NULL);
                pthread_join(thread, NULL);
                assay_stream_adopt(stream);
                for (index = 2; index < 5002; index++) assay_record(stream, ASSAY_REQUEST_START, index, 0, 0);
                if (assay_trace_close(trace, &report) != 0) return 4;
                printf("%llu %llu %llu %d\\n", (unsigned long long)report.events_recorded,
                       (unsigned long long)report.events_dropped, (unsigned long long)report.file_bytes,
                       report.drop_error == EFBIG);
                return 0;
            }
            END
            cc -std=c99 \(Self.strict) \(Self.include) -o a a.c -pthread && ./a && assay trace summary t
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        // 2 chunks of 2048 records hold 2 headers, 2 threads and 2 changes of thread: 4090 of 5002 events.
        #expect(outcome.output.hasPrefix("4090 912 135168 1\n"), "\(outcome.output)")
        #expect(outcome.output.contains("912"))
    }

    @Test("the Swift example's trace is read, trusted or doubtful")
    func swiftExample() async throws {
        let outcome = try await Shell.run(
            "trace-example --customers 4 --trace t && assay trace summary t && assay audit t")
        #expect(outcome.status < 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("\"eventsDropped\": 0}"))
        #expect(outcome.output.contains("persist"))
        let refused = try await Shell.run("trace-example --customers none --trace t")
        #expect(refused.status == 64)
        #expect(refused.errors == "trace-example: --customers is 1 to 1000, found 'none'\n")
    }

    @Test("an experiment over a command runs end to end: plan, run, report and audit")
    func endToEnd() async throws {
        let outcome = try await Shell.run(
            """
            cat >ends.yaml <<'END'
            question: Does a longer sleep take longer?
            program: { command: [sleep, "{seconds}"] }
            factors: { seconds: [0.01, 0.05] }
            trials: 3
            hypotheses:
              - { says: It does., metric: wall-time, rises: { along: seconds } }
            END
            assay plan ends.yaml && assay run ends.yaml && assay report ends.yaml && assay audit Results/ends
            status=$?; grep -c . Results/ends/summary.csv; cat Results/ends/report.md
            [ $status -lt 2 ]
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("ends: 1 supported, 0 refuted, 0 undecided; figures "))
        #expect(outcome.output.contains("Not applied: drops (no trace of events), "))
        #expect(outcome.output.contains("### wall-time"))
        #expect(outcome.errors.contains("[6/6] "))
    }

    @Test("a program of JSON lines that prints what is not declared fails, and the report says why")
    func undeclared() async throws {
        let outcome = try await Shell.run(
            """
            cat >lines.yaml <<'END'
            question: What does it print?
            program:
              command: [sh, -c, "echo '{{\\"latency\\": 1, \\"lateness\\": 2}}'"]
              metrics: json-lines
              report: { latency: { unit: ms, worse: higher } }
            trials: 1
            retries: 0
            END
            assay run lines.yaml; [ $? -eq 1 ] && cat Results/lines/report.md
            """)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("has the figure 'lateness', which 'report' does not declare"))
    }
}
