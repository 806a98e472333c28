"""What comes back by mail, and the mailbox of an embedded desk."""
