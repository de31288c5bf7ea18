"""One module a command. A module `some_name` holds `command`, a click command, and becomes `extractor some-name`."""
