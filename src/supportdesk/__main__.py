import sys

from supportdesk.pdf.apart import COMMAND

if __name__ == "__main__":
    if sys.argv[1:] == [COMMAND]:  # the bundle has one program only; see supportdesk.pdf.apart
        from supportdesk.pdf.child import main
    else:
        from supportdesk.cli import main
    sys.exit(main())
