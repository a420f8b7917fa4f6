"""What follows from the data for what is in view: findings in words, evidence, rates, cards."""
