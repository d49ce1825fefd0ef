"""Search over the whole archive: static files that the reader's browser searches by itself, a few bytes at a time.

A day has its own file with the terms of its papers. A month's segment is made of its days' files, a closed year's of
its months' segments, and the index names those to read. So a new day rewrites a few objects, however old the archive.
Readings are not indexed: they would treble the weight. `assets/search.js` reads what is written here.
"""
