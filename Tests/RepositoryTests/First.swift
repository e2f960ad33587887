// The first file of RepositoryTests.
