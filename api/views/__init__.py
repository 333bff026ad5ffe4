"""Views of version 1, over the querysets and filters the pages use; acts go through the forms of the pages."""
