"""Measures how far IT and the business of an organisation have become one."""

__version__ = "0.1.0"
