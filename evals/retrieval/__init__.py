"""Retrieval, measured on any corpus in BEIR's form: `python -m evals.retrieval FOLDER`."""
