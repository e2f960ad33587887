// The first file of Running.
