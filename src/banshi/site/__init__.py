"""The site: policies, rules and the calendar rendered to Markdown on disk, then built by mkdocs-material."""
