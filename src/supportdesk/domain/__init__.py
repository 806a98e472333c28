"""What a ticket, a command, an answer is, and the rules that hold in every room. Knows no other room."""
