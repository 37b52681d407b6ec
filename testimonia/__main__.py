"""The way in, for the `testimonia` command and for `python -m testimonia`."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # the shell's exit status for Ctrl-C


def main() -> None:
    """Load the command line and run it; Ctrl-C ends either without a traceback."""
    try:
        from testimonia.cli import main as run  # noqa: PLC0415 - loading takes a moment, and may be stopped too

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
