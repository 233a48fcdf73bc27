"""The web doors: REST projected from the registry, chat, streams, sign-in, webhooks, and the portal's files."""
