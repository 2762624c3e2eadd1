"""What the Makefile calls: starting the house, alone or as a cluster, and looking at it."""
