// The first file of RunningTests.
