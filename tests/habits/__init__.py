"""The habits every test lives by, one file each; ``tests/conftest.py`` switches them on."""
