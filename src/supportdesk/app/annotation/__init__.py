"""The marked screenshot without a toolkit: shapes, history, hit testing, and what a file may contain."""
