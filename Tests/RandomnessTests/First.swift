// The first file of RandomnessTests.
