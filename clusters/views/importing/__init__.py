"""Importing workbooks, screen by screen: the list and the upload, the columns, the preview, saving and undoing."""
