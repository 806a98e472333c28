"""The server before many customers, with very many tickets."""
