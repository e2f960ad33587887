// The first file of ReportingTests.
