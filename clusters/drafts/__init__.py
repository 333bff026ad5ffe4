"""Drafts of the papers that lead from a first request to a decision on a cluster, as Word documents.

``facts`` says what each paper is filled with, ``registry`` which papers there are and how one is rendered, ``building``
how the portal's own model documents under ``models/`` are made (``python manage.py build_model_documents``).
"""

from clusters.drafts.registry import DRAFTS, Draft, declared_placeholders, model_path, render_draft

__all__ = ["DRAFTS", "Draft", "declared_placeholders", "model_path", "render_draft"]
