"""The window in which somebody makes their signature and sees once more what they sign."""
