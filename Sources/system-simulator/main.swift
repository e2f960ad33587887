import ArgumentParser
import CProcess
import Glibc

// Before any thread exists: all inherit both the slack of their timers and the mask of the signals that end the run.
let slackError = process_set_timer_slack(1)
if slackError != 0 {
    printError("sleeps may last 50 µs longer: the timer slack cannot be set: \(String(cString: strerror(slackError)))")
}
StopSignals.block()

do {
    // The help is a command of its own to the parser, and says what it has to say by throwing.
    var command = try SimulatorOptions.parseAsRoot()
    guard let options = command as? SimulatorOptions else {
        try command.run()
        exit(ExitStatus.success)
    }
    let settings = try SimulatorSettings(options)
    exit(try Simulator(settings: settings).run())
} catch let error as OptionError {
    printError("\(error)")
    exit(ExitStatus.usage)
} catch let error as SimulatorError {
    printError("\(error)")
    exit(error.exitStatus)
} catch {
    let status = SimulatorOptions.exitCode(for: error)
    guard status == .success else {
        printError(SimulatorOptions.message(for: error))
        exit(ExitStatus.usage)
    }
    exit(
        writeAll(SimulatorOptions.fullMessage(for: error) + "\n", to: STDOUT_FILENO) == 0
            ? ExitStatus.success : ExitStatus.outputFailed)
}
