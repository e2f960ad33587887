// The first file of StatisticsTests.
