"""Pages to look at on this machine: drag data and see the exact fit, choose an activation and see the bound."""
