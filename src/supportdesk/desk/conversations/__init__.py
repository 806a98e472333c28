"""What is done to what customers and vendor talk about, by the rules.

Callers hold the transaction or say so.
"""
