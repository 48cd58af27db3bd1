"""Assessment of windows: a quarter's facts judged by the norms in force, point by point."""
