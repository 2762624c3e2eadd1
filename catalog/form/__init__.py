"""The national service identity form: its fields and choices, and what a filled one is worth.

Pure: values in, values out. The form is the one of the Administrative and Recruitment Organisation
that every executive body fills for each service and sub-service; the sections are the official
ones. `content` is where its types are said, once: they read what is imported, they are what the
editor's page fills, and the JSON Schema is derived from them.
"""
