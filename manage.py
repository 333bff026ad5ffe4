#!/usr/bin/env python3
"""Django's command line, with the embedded database joined first when no DATABASE_URL is set."""

import os
import sys

from config import embedded


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        embedded.ensure_database()
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
