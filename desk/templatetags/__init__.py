"""What other rooms' pages show of the desk."""
