"""Views without business words."""
