"""A card on paper and in full: the whole official form, one sheet to take along, the PDF.

`said` is one text as a page shows it, `official` and `connections` are the sections of the national
form as plain values, which the page and the PDF both walk through; `one_page` chooses what fits on
one A4, `pdf` sets the form with Typst. All of it comes from the edition in force.
"""
