"""The figures, by family; `python -m bench` lists them."""
