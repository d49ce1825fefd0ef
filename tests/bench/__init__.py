"""What the product promises about speed and size, measured: `make bench`.

Each subject is a module whose `measured` gives a Part (lines.py): its ratios, its section of the page, what is drawn.
"""
