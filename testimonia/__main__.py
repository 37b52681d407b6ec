"""`python -m testimonia`: the command line, where the `testimonia` command is not on the path."""

from testimonia.cli import main

if __name__ == "__main__":
    main()
