"""What is in force: instruments, norms, readings, working days, time limits."""
