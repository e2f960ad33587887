// The first file of RecordingTests.
