"""Workbooks into the registry: read by ``core.workbooks``, understood here, previewed, saved, undone.

Nothing is written before a person has seen the preview of every row; what is written can be taken back as one.
"""
