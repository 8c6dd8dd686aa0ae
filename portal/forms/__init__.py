"""One form is one command: WTForms classes free of Flask, shared by page, socket, API and console."""
