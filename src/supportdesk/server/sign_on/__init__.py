"""Single sign-on: people who sign in with an account of another provider (OpenID Connect)."""
