"""What is a secret, as `src/secrets/` says: the same table, the same judgement. A test holds both to one answer."""
