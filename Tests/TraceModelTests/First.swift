// The first file of TraceModelTests.
