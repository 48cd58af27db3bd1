"""Tables that people keep: CSV, TSV and XLSX, read by their headings; what cannot be read is a located finding."""
