"""The Atlas over HTTP: tables, geometry, views and access as files that other people's software reads."""
