"""What becomes of the folders that `sam build` made: less in them, bytecode beside the code, a limit to their size."""
