"""Boundaries of clusters: reading what officers have, checking it, keeping a draft, writing it back.

Inside this package a *ring* is a list of (first, second) coordinates without the closing point, as it was read;
a *geometry* is GeoJSON in WGS 84 (longitude, latitude).
"""
