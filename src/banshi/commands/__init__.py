"""The commands: each module holds ``add`` (its options) and ``run`` (its work, giving the exit status)."""
