"""Pages everybody reads, one file for each screen."""
