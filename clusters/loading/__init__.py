"""Load what ships with the project: the industry classification, and real clusters collected from public sources."""
