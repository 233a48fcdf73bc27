"""Slack: what people write there comes in once and is answered in private; cards, files and the home tab go out."""
