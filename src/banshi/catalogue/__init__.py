"""Catalogues of approval items, and one applicant's case taken from them."""
