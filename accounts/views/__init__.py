"""Views of the accounts room, one module a screen."""
