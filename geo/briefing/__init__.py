"""Briefings: one value of content, set as PDF, Word, web page, Markdown and bibliography."""
