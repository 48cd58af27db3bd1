"""What the checker in the browser asks of the engine: files in, findings beside the cells that they stand in out."""
