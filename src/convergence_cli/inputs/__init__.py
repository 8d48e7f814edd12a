"""Paths, ``-`` and built-in names -> models, or every problem in them.

Nothing here is written, executed or fetched; a file named inside a file is looked for beside it. Each kind of
input has its own module, so that one waits for nothing of another.
"""
