"""What a reader takes away: workbooks, comma-separated files and GeoJSON, each with its own explanation."""
