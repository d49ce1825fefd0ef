"""What a day costs: `make costs` computes docs/costs.md from price files and measured usage; `make usage` measures."""
