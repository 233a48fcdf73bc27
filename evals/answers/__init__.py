"""Answers measured over a folder of documents: the right file, the right words, and silence where nothing is said."""
