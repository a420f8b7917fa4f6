"""What consortium members propose, review and release; every write names its person and leaves a trail."""
