/// The xorshift generator (Marsaglia 2003, doi:10.18637/jss.v008.i14), for choices that need no more than to differ.
///
/// - Returns: The next number of the state, which is never zero, reduced to 0 ..< count.
func nextChoice(_ state: inout UInt64, below count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
}
