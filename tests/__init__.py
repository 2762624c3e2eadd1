"""The suite. It mirrors the apps; `make test` runs all of it."""
