"""Forms that rule their own fields: a filled one is a file of its own (kind ``form``)."""
