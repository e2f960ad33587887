/// A fixed number of elements that are changed in place on a hot path: an array would ask at every change whether somebody
/// else shares it. It alone owns its memory, and cannot be copied.
struct OwnedBuffer<Element>: ~Copyable {
    private let elements: UnsafeMutableBufferPointer<Element>

    init(repeating element: Element, count: Int) {
        elements = .allocate(capacity: count)
        elements.initialize(repeating: element)
    }

    deinit {
        elements.deinitialize()
        elements.deallocate()
    }

    subscript(index: Int) -> Element {
        get { elements[index] }
        @inline(__always) _modify { yield &elements[index] }
    }
}
