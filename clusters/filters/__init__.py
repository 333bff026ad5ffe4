"""One FilterSet for each model, shared by pages and REST."""
