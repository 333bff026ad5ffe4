"""``make run``: the whole portal with one command, for development and demonstration.

``python -m config.run`` starts the embedded PostgreSQL, prepares the database, and keeps web, Celery worker and
beat as children until it is told to end. Everything it writes is in the state folder.
"""
