"""An agency founded from a file: its names, units, hours, topics, skills and ready answers.

`shape` is what the file may say, `reading` makes that of its bytes and names every bad place,
`checking` looks at what only the whole can show, `founding` writes it. The sample agency comes in
through the same door. It stands this high because ready answers are the conversation's, kinds of
tickets the desk's.
"""
