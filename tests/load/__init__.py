"""`make load`: as many papers as all of arXiv has in a day, and a month at once, on the deployed template."""
