// The natural logarithm from additions, multiplications and divisions alone. The C library's `log` may differ in the
// last bit from one library, processor or release to the next, and then a seed would no longer name one run. IEEE 754
// fixes + − × ÷ to the bit, and Swift never fuses a multiplication with an addition unasked, so this gives the same
// bits everywhere. It is a little slower than the C library's, which nobody notices beside a sleep.

/// The natural logarithm, the same bits on every machine, off by less than one unit in the last place.
///
/// The reduction x = 2ᵏ(1 + f) with √2/2 < 1 + f < √2, and the polynomial in s = f/(2 + f), are those of fdlibm's
/// `e_log.c` (K. C. Ng, 1993), of which this notice is to be kept: "Copyright (C) 1993 by Sun Microsystems, Inc. All
/// rights reserved. Permission to use, copy, modify, and distribute this software is freely granted, provided that
/// this notice is preserved."
///
/// - Parameter x: A normal number above zero: there are no other arguments in this module, and a precondition says so.
func naturalLogarithm(_ x: Double) -> Double {
    precondition(x.isNormal && x > 0, "the logarithm of \(x) was asked for")
    var exponent = Int(x.exponent)
    var significand = x.significand
    if significand > 0x1.6a09e667f3bcdp+0 {
        significand *= 0.5
        exponent += 1
    }
    let f = significand - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3))
    let odd =
        z
        * (0x1.5555555555593p-1
            + w * (0x1.2492494229359p-2 + w * (0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3)))
    let halfSquare = 0.5 * f * f
    let k = Double(exponent)
    // ln 2 in two parts: k times the high part is exact for every exponent.
    return k * 0x1.62e42feep-1 - ((halfSquare - (s * (halfSquare + (even + odd)) + k * 0x1.a39ef35793c76p-33)) - f)
}
