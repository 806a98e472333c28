"""What this customer sees, on this machine: the mirror of the backend, drafts, outbox and their files."""
