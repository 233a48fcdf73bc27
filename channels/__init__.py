"""The networks people are on: each can send and receive. What is sent, to whom and when is decided below."""
