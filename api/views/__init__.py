"""Read-only views of version 1, over the querysets and filters the pages use."""
