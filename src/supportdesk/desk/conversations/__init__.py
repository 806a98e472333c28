"""What is done to tickets, documents and orders, by the rules; callers hold the transaction or say so."""
