"""Publishing: posts, pages and data out of views, and the bucket that they are put into."""
