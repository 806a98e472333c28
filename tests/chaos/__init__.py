"""Proofs that nothing written is lost and nothing arrives twice, by doing the damage and counting."""
