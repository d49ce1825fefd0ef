"""What the product promises about speed and size, measured: `make bench`. A new figure is a Line (lines.py)."""
