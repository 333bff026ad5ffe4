"""What the database keeps of a secret that a person or a program brings: never the secret itself."""

import hashlib


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal; secrets are random and long, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
