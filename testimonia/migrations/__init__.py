"""The history of the database's form: one file for each change, each in one transaction."""
