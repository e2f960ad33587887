// The first file of ExperimentsTests.
