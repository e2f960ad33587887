// The first file of AuditingTests.
