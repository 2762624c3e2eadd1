"""The conversation: messages, the one writer of a process, the sockets."""
