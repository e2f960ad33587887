// The first file of TimekeepingTests.
