// The first file of CommandsTests.
