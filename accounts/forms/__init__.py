"""Forms of the accounts room, by screen."""
