"""The assistant: the registry as a toolset, models from hosted to offline, conversations, approvals by word."""
