import Commands

/// The process: nothing but the way into ``AssayCommand``.
@main
enum Assay {
    static func main() async { await AssayCommand.start() }
}
