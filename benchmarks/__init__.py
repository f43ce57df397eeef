"""Measurements of the site against a floor. Nothing here is a timed test."""
