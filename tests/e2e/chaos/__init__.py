"""Everything that can go wrong, on the deployed template: each stage, each kind of fault, and what must still hold."""
