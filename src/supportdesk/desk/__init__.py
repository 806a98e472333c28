"""A small complete help desk: its rules and its SQL.

Plain synchronous functions on a SQLAlchemy connection; the callers bring the threads. One database is one
vendor's desk. `database.opened` opens one, `access` says who may come in, `intake` takes what customers ask
for, `feed` tells them what changed, `staff` and `administration` are what the vendor does.
"""
