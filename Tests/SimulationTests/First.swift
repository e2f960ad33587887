// The first file of SimulationTests.
