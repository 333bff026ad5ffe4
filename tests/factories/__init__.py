"""One module of factories a room; a trait for every state a test may ask for."""
