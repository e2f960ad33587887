// The first file of Simulation.
