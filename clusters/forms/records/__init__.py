"""Forms of the registry's records, one file a group."""
