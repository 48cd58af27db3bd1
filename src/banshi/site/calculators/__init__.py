"""Calculators on the pages of guides: data made of the norms at build, which assets/calculate.js evaluates in the browser."""
