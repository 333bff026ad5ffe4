"""Workbooks as officers have them: read, understood, given back marked, made and written.

Knows cells, tables and columns, and no business word: what a column means is given by the caller as ``Field``.
"""
