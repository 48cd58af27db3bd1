"""Lines by the million: plain functions of lines, and engines that share them out, on one machine or on many."""
