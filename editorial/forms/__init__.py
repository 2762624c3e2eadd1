"""The national form as an editor fills it: fields, rows, the way to a card's content and back."""
