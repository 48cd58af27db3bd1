"""Change filings: what a project's forms say, and what the rules decide about them."""
