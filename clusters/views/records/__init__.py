"""Lists, pages and forms of the registry's records; each screen is a short declaration (``screens``)."""
