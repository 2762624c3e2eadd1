"""The wire: typed frames, groups, the hub of local sockets. No models, no rules."""
