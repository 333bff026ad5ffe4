"""Benchmarks: how fast the portal is, and that it stays so at a hundred times the nation.

``make bench`` runs them all and writes ``docs/performance.md``. No test asserts a time.
"""
