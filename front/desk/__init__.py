"""The desk's own pages for keeping the record: composed from several rooms."""
