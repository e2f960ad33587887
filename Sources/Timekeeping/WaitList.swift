/// The waits that have begun and not ended, each at a place. Few kinds of waits are waited by many: a place has 8 bytes.
struct WaitList {
    private var kinds: [WaitKind] = []
    /// The kind's index in the upper 16 bits, the number in the rest; or `nobody`.
    private var places: [UInt64] = []
    private var freePlaces: [UInt32] = []

    private static let numberBits: UInt64 = 48
    private static let nobody = UInt64.max

    /// How many there are.
    var count: Int { places.count - freePlaces.count }

    /// All of them, by the order in which their kinds came up first, then by number.
    var all: [Wait] {
        places.filter { $0 != Self.nobody }.sorted().map { packed in
            Wait(kinds[Int(packed >> Self.numberBits)], packed & (1 << Self.numberBits - 1))
        }
    }

    /// Takes a place, which `end` gives back.
    mutating func begin(_ wait: Wait) -> Int {
        precondition(wait.number < 1 << Self.numberBits, "\(wait.kind.waiter) \(wait.number) waits")
        let packed = UInt64(kindIndex(of: wait)) << Self.numberBits | wait.number
        guard let place = freePlaces.popLast() else {
            places.append(packed)
            return places.count - 1
        }
        places[Int(place)] = packed
        return Int(place)
    }

    mutating func end(_ place: Int) {
        precondition(places[place] != Self.nobody, "the wait at place \(place) ended twice")
        places[place] = Self.nobody
        freePlaces.append(UInt32(place))
    }

    private mutating func kindIndex(of wait: Wait) -> Int {
        if let index = kinds.firstIndex(where: { $0 === wait.kind }) { return index }
        kinds.append(wait.kind)
        return kinds.count - 1
    }
}
