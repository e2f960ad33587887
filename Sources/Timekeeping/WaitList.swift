/// The waits that have begun and not ended, with a place for each.
struct WaitList {
    private var places: [(wait: Wait, order: UInt64)?] = []
    private var freePlaces: [Int] = []
    private var nextOrder: UInt64 = 0

    /// How many there are.
    var count: Int { places.count - freePlaces.count }

    /// All of them, in the order in which they began.
    var all: [Wait] { places.compactMap(\.self).sorted { $0.order < $1.order }.map(\.wait) }

    /// Takes a place, which `end` gives back.
    mutating func begin(_ wait: Wait) -> Int {
        let entry = (wait, nextOrder)
        nextOrder += 1
        guard let place = freePlaces.popLast() else {
            places.append(entry)
            return places.count - 1
        }
        places[place] = entry
        return place
    }

    mutating func end(_ place: Int) {
        precondition(places[place] != nil, "the wait at place \(place) ended twice")
        places[place] = nil
        freePlaces.append(place)
    }
}
