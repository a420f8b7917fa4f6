"""What the reader asked to see: the view and its address, filtering, counting, searching, the table of sites."""
