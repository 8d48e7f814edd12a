"""The public Python functions. Each has its own module, so that a check waits for nothing of scoring."""
