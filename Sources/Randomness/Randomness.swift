// The first file of Randomness.
