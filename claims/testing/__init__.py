"""What claim files and their tests can use: a pytest plugin, and Hypothesis strategies of the two papers' domain."""
