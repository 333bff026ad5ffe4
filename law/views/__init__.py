"""Views of the law room, one module a screen."""
