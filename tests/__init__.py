"""The tests. A package, so that `python -m tests` means this folder even where another package of that name is installed."""
