// The first file of ArchivingTests.
