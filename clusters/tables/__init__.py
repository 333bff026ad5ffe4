"""Lists of the registry as tables."""
