"""Case logs: what a centre's cases add up to, against the targets of parallel approval."""
