"""Documents of the demo school: written here as Markdown, built as PDF and DOCX, read by the worker when it starts."""
