"""What comes in: records of registries, the consortium's cover sheet, anybody's tables, and what is wrong with them."""
