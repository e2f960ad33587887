import Foundation

/// Files of the repository that these tests read.
enum Repository {
    static func url(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: path)
    }

    /// Removes a temporary folder; says so if it cannot, and lets the test stand.
    static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("left behind: \(folder.path()): \(error)")
        }
    }
}

/// The experiments that the repository ships.
enum Shipped: String, CaseIterable {
    case fixedVersusRandomSleep = "fixed-versus-random-sleep"
    case sleepRange = "sleep-range"
    case clientCounts = "client-counts"
    case permits
    case concurrencyRuntime = "concurrency-runtime"
    case coordinatedOmission = "coordinated-omission"
    case virtualClientCounts = "virtual-client-counts"
    case outsideTracer = "outside-tracer"
    case observerEffect = "observer-effect"
}
