"""Wizards as state machines: what has been said, what is missing, what comes next. No toolkit, no stores."""
