/// A fixed number of elements that are changed in place on a hot path: an array would ask at every change whether somebody
/// else shares it. It alone owns its memory, and cannot be copied.
struct OwnedBuffer<Element>: ~Copyable {
    private let elements: UnsafeMutablePointer<Element>
    private let count: Int

    init(repeating element: Element, count: Int) {
        elements = .allocate(capacity: count)
        elements.initialize(repeating: element, count: count)
        self.count = count
    }

    deinit {
        elements.deinitialize(count: count)
        elements.deallocate()
    }

    subscript(index: Int) -> Element {
        get { pointer(to: index).pointee }
        // Not `elements[index]`: under the thread sanitizer Swift 6.3.1 makes an invalid module of a place that is yielded so.
        @inline(__always) _modify { yield &pointer(to: index).pointee }
    }

    @inline(__always)
    private func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < count)
        return elements + index
    }
}
