"""What is asked: editions of indicators, read from folders of YAML."""
