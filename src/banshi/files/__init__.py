"""From bytes to located data: reading YAML, JSON, JSON Lines and tables; shape; findings with their places."""
