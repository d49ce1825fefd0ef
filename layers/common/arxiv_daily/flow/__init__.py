"""The flow of the product: what each function does, with its collaborators as arguments."""
