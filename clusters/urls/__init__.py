"""Addresses of the registry: what everybody reads, and where officers work."""
