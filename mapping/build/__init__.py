"""How the tables in data/ come from the evidence in data/raw."""
