"""Finding the card that answers a question: what is written down of each card, how a question is
understood, and which card answers it best (docs/adr/0012).
"""
