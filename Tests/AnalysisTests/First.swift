// The first file of AnalysisTests.
