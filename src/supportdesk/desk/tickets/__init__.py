"""What is done to tickets, by the rules; callers hold the transaction or say so."""
