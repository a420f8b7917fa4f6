"""Where places are and which names mean the same one: for the build of the tables and for what is imported."""
