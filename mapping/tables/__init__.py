"""What the data is: schemas, loading, checking, vocabulary, description."""
