// The first file of PairingTests.
