"""Reports: the same findings for a terminal, for programs, for code hosts; ``formats`` names them all."""
