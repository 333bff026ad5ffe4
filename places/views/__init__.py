"""Pages about places: public, without an account."""
