// The first file of QuantitiesTests.
