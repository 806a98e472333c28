"""One conversation, the same with tickets, documents, orders and subscriptions."""
