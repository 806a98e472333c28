"""The profile of a vendor who has hardly begun: nobody is known yet, nothing was published."""

PROFILE = """
id = "small"
name = "Small Vendor"
short_name = "Small"
languages = ["en"]
default_language = "en"
brand_colour = "#0c6b73"
logo = { icon = "ticket" }
modules = ["report", "tickets", "information", "articles", "newsletter", "license_keys", "settings"]
support = { email = "help@vendor.example" }
sign_in = { sign_up = "approval" }
shown = { time_records = true }
[[catalogue.services]]
id = "printing"
name = { en = "Printing" }
[[catalogue.types]]
id = "question"
name = { en = "Question" }
[[catalogue.priorities]]
id = "normal"
name = { en = "Normal" }
guidance = { en = "Usual" }
rank = 1
preset = true
"""
