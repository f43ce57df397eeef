"""Who may sit at the desk, how they prove it, and what two of them decide."""
